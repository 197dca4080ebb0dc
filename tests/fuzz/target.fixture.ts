import { randomFrom } from '../chaos/random.fixture.ts';
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

/**
 * Reads mutated inputs. An input with a new outcome becomes one that others are made from. Throws for the first defect,
 * with the input in base64.
 */
export async function fuzz(target: Target, options: { inputs: number; seed: number }): Promise<Fuzzed> {
  const random = randomFrom(options.seed);
  const corpus = [...(await target.seeds())];
  const outcomes = new Set<string>();
  let slowest = 0;
  for (let count = 0; count < options.inputs; count += 1) {
    const input = count < corpus.length ? (corpus[count] ?? Buffer.alloc(0)) : mutated(corpus, random);
    const began = process.cpuUsage();
    const outcome = await outcomeOf(target, input);
    const { user, system } = process.cpuUsage(began);
    slowest = Math.max(slowest, (user + system) / 1_000);
    if (slowest > MAX_MILLIS) throw defect(target, input, `took ${Math.round(slowest)} ms of processor time`);
    if (!outcomes.has(outcome)) {
      outcomes.add(outcome);
      corpus.push(input);
    }
  }
  return { inputs: options.inputs, outcomes: [...outcomes], slowest: Math.round(slowest) };
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
