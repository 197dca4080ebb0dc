import { setImmediate } from 'node:timers/promises';
import { randomFrom } from '@tributary/fixtures';
import { CORPUS, keepInput, keptInputs } from './corpus.fixture.ts';
import { mutated } from './mutation.fixture.ts';

/** Something that reads foreign bytes. */
export type Target = {
  readonly name: string;
  /** Real inputs, from which all others are made. */
  readonly seeds: () => Promise<readonly Buffer[]>;
  /**
   * Reads an input and says in a word what became of it, such as the code of a refusal. Rejects or throws for a defect
   * alone: what is wrong with an input is an outcome.
   */
  readonly read: (input: Buffer) => string | Promise<string>;
  /** Outcomes that a few hundred inputs have to meet, so that none of what reads them is left out. */
  readonly kinds?: readonly RegExp[];
};

export type Fuzzed = {
  readonly inputs: number;
  readonly outcomes: readonly string[];
  /** The most processor time of one input, in milliseconds. */
  readonly slowest: number;
};

/** No input may take more processor time, in milliseconds. */
const MAX_MILLIS = 1_000;

/** An input is kept in a message in this many bytes at most. */
const SHOWN_BYTES = 4_096;

/** So many found inputs are kept, beside the seeds, because outcomes that quote an input have no end. */
const MAX_FOUND = 10_000;

/** Others of the process, such as what prints the results, have a turn after so many inputs. */
const INPUTS_BETWEEN_TURNS = 1_000;

type FuzzOptions = {
  readonly inputs: number;
  readonly seed: number;
  /** Whether an input that fails is kept in the folder of its target. */
  readonly keeps?: boolean;
  /** Where inputs are kept. */
  readonly corpus?: string;
};

/**
 * Reads the inputs that are kept, then mutated ones. An input with a new outcome becomes one that others are made from, until a shorter one has the
 * same outcome: so inputs stay short, cheap to read and near what decides. Throws for the first defect, with the input in
 * base64, and the file in which it was kept.
 */
export async function fuzz(target: Target, options: FuzzOptions): Promise<Fuzzed> {
  let input: Buffer = Buffer.alloc(0);
  try {
    return await fuzzed({ ...target, read: (next) => target.read((input = next)) }, options);
  } catch (error) {
    if (!options.keeps || !(error instanceof Error)) throw error;
    const file = keepInput(target.name, input, options.corpus);
    throw new Error(`${error.message}\nkept in ${file}: commit it with what mends this`, { cause: error });
  }
}

async function fuzzed(target: Target, options: FuzzOptions): Promise<Fuzzed> {
  const random = randomFrom(options.seed);
  const kept = keptInputs(target.name, options.corpus ?? CORPUS);
  const seeds = [...kept, ...(await target.seeds())];
  const corpus = [...seeds];
  /** For each outcome, where in the corpus its input is. */
  const outcomes = new Map<string, number>();
  let slowest = 0;
  for (let count = 0; count < options.inputs; count += 1) {
    if (count % INPUTS_BETWEEN_TURNS === 0) await setImmediate();
    const input = seeds[count] ?? mutated(corpus, random);
    const began = process.cpuUsage();
    const outcome = await outcomeOf(target, input);
    const { user, system } = process.cpuUsage(began);
    slowest = Math.max(slowest, (user + system) / 1_000);
    if (slowest > MAX_MILLIS) throw defect(target, input, `took ${Math.round(slowest)} ms of processor time`);
    const isFull = outcomes.size >= MAX_FOUND;
    const known = outcomes.get(outcome);
    const index = known ?? seeds.length + (isFull ? random.below(MAX_FOUND) : outcomes.size);
    outcomes.set(outcome, index);
    const shortest = known === undefined ? undefined : corpus[index];
    if (shortest === undefined || input.length < shortest.length) corpus[index] = input;
  }
  return { inputs: options.inputs, outcomes: [...outcomes.keys()], slowest: Math.round(slowest) };
}

async function outcomeOf(target: Target, input: Buffer): Promise<string> {
  try {
    return await target.read(input);
  } catch (error) {
    throw defect(target, input, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

const defect = ({ name }: Target, input: Buffer, what: string): Error =>
  new Error(
    `${name}: ${what}\ninput of ${input.length} bytes: ${input.subarray(0, SHOWN_BYTES).toString('base64')}`,
  );
