import type { StepRange, Survey } from './survey.ts';

/** A value that a file gave, and the row in which it stands; `rows` writes its location. */
type GivenValue = {
  readonly value: number;
  readonly at: number;
  readonly rows: { readonly at: (at: number) => string };
};

/** An earlier value, with its location. */
type Before = { readonly value: number; readonly where: string };

/** What a value is to the files before: new, the same as one of them, another one, or not comparable any more. */
type Compared =
  | { readonly is: 'new' }
  | { readonly is: 'uncompared' }
  | { readonly is: 'same' | 'different'; readonly before: Before };

const NEW: Compared = { is: 'new' };

/** More values of shared runs are not held. */
const MAX_VALUES = 1_000_000;

/** Why a value that cannot be compared any more is refused. */
export const UNCOMPARED = `several files are of this run and hold more than ${MAX_VALUES} values, so further ones cannot be compared: import them as one table, or give each file a run of its own`;

/**
 * The runs that several files of one import name. A value that two of them give is recorded once, and another value is
 * a conflict. A step is recorded by the file that has it first, because a second record of a step is a repetition; the
 * other files add points.
 */
export class SharedRuns {
  /** Runs, and stated attempts of them, of which two files have steps in common; and all that two files name. */
  readonly #runs: ReadonlySet<string>;
  readonly #named: ReadonlySet<string>;
  readonly #statesAttempts: boolean;
  readonly #values = new Map<string, GivenValue>();
  /** The file that records a step of an attempt. */
  readonly #steps = new Map<string, string>();
  /** The metric that a column of an attempt holds. */
  readonly #columns = new Map<string, string>();

  constructor(surveys: readonly Survey[]) {
    const ranges = rangesIn(surveys);
    this.#statesAttempts = surveys.some(({ runs }) =>
      [...runs.values()].some(({ attempts }) => attempts.size > 0),
    );
    this.#runs = runsWith(ranges, overlap);
    this.#named = runsWith(ranges, ({ length }) => length > 1);
  }

  /** Compares a value with that of an earlier file. The first value is kept. A score is of a run and of no attempt. */
  compare(run: { runId: string; attempt?: number }, what: string, given: GivenValue): Compared {
    if (!this.#isShared(run)) return NEW;
    const key = `${what}#${run.runId}`;
    const known = this.#values.get(key);
    if (known !== undefined) {
      const before = { value: known.value, where: known.rows.at(known.at) };
      return { is: Object.is(before.value, given.value) ? 'same' : 'different', before };
    }
    if (this.#values.size >= MAX_VALUES) return { is: 'uncompared' };
    this.#values.set(key, given);
    return NEW;
  }

  /** Whether a file records a step of an attempt: the first one that asks. */
  recordsStep({ runId, attempt }: { runId: string; attempt: number }, step: number, path: string): boolean {
    if (!this.#isShared({ runId, attempt })) return true;
    return firstOf(this.#steps, `${step} ${attempt}#${runId}`, path) === path;
  }

  /** Whether a metric fills a column of an attempt: the first one that asks, whatever other files call alike. */
  fillsColumn(
    { runId, attempt }: { runId: string; attempt: number },
    column: string,
    metric: string,
  ): boolean {
    if (!this.#named.has(runId)) return true;
    return firstOf(this.#columns, `${column}#${attempt}#${runId}`, metric) === metric;
  }

  /** Stated attempts are compared with nothing but themselves. */
  #isShared({ runId, attempt }: { runId: string; attempt?: number }): boolean {
    return this.#runs.has(this.#statesAttempts && attempt !== undefined ? attemptKey(runId, attempt) : runId);
  }
}

function firstOf(owners: Map<string, string>, key: string, candidate: string): string {
  const owner = owners.get(key) ?? candidate;
  owners.set(key, owner);
  return owner;
}

const attemptKey = (run: string, attempt: number): string => JSON.stringify([attempt, run]);

/** The steps of each run, and of its stated attempts, in each file that names it. */
function rangesIn(surveys: readonly Survey[]): Map<string, StepRange[]> {
  const ranges = new Map<string, StepRange[]>();
  const add = (key: string, range: StepRange): void => {
    const known = ranges.get(key);
    if (known) known.push(range);
    else ranges.set(key, [range]);
  };
  for (const { runs } of surveys) {
    for (const [run, { steps, attempts }] of runs) {
      if (run === '') continue;
      add(run, steps);
      for (const [attempt, range] of attempts) add(attemptKey(run, attempt), range);
    }
  }
  return ranges;
}

const runsWith = (
  ranges: ReadonlyMap<string, readonly StepRange[]>,
  holds: (parts: readonly StepRange[]) => boolean,
): Set<string> => new Set([...ranges].flatMap(([run, parts]) => (holds(parts) ? [run] : [])));

/**
 * Whether two ranges have a step in common. Files that divide the steps of a run have nothing to compare; one without steps
 * has all of them.
 */
function overlap(parts: readonly StepRange[]): boolean {
  const ordered = parts
    .map(({ low, high }) => (low > high ? { low: -Infinity, high: Infinity } : { low, high }))
    .toSorted((left, right) => left.low - right.low);
  let end = -Infinity;
  return ordered.some(({ low, high }, index) => {
    const meets = index > 0 && low <= end;
    end = Math.max(end, high);
    return meets;
  });
}
