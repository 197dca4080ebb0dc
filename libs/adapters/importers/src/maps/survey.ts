import { cellOf } from './cell.ts';
import type { NumberFormat } from './cell.ts';
import type { RowValues } from './row-values.ts';
import type { Role } from './map.ts';
import type { Row, RowSource } from './rows/row.ts';

/** What the rows of a run are like. */
type RunSurvey = {
  readonly rows: number;
  /** How often the step is lower than in the row before of its attempt. */
  readonly backs: number;
  /** The first row in which it is. */
  readonly firstBack: number;
  readonly steps: StepRange;
  /** The steps of each attempt that rows state. */
  readonly attempts: ReadonlyMap<number, StepRange>;
};

/** The lowest and the highest step; `low` is above `high` where there is none. */
export type StepRange = { readonly low: number; readonly high: number };

/** What a first reading of a file finds, so that a second one needs little memory. */
export type Survey = {
  readonly runs: ReadonlyMap<string, RunSurvey>;
  readonly rows: number;
  /** Whether the tokens of each run increase at each of its steps. */
  readonly tokensIncrease: boolean;
};

/** More runs, or attempts of them, in one file are an error of the map. */
const MAX_RUNS = 100_000;
const MAX_ATTEMPTS = 100_000;

type SeenSteps = { low: number; high: number; last: number; tokens: number };

type Seen = {
  rows: number;
  backs: number;
  firstBack: number;
  readonly steps: SeenSteps;
  readonly attempts: Map<number, SeenSteps>;
  /** How often tokens could be compared with those of the row before of their attempt, and whether they always grew. */
  compared: number;
  grown: boolean;
};

/** Reads a file once without making facts. The text is the reason why it cannot be read a second time. */
export async function surveyOf(
  source: RowSource,
  values: RowValues,
  format: NumberFormat,
): Promise<Survey | string> {
  const surveyed = new SurveyedRuns(values, format);
  let rows = 0;
  for await (const batch of source.rows({ refuse: () => undefined })) {
    values.refresh();
    for (const row of batch) surveyed.add(row);
    rows += batch.length;
    const tooMany = surveyed.tooMany();
    if (tooMany !== undefined) return tooMany;
  }
  return { runs: surveyed.runs, rows, tokensIncrease: surveyed.tokensIncrease() };
}

class SurveyedRuns {
  readonly runs = new Map<string, Seen>();
  readonly #values: RowValues;
  readonly #format: NumberFormat;
  #attempts = 0;

  constructor(values: RowValues, format: NumberFormat) {
    this.#values = values;
    this.#format = format;
  }

  add(row: Row): void {
    const values = this.#values;
    values.enter(row);
    const run = values.name(row, 'run');
    const seen = this.runs.get(run) ?? unseen();
    this.runs.set(run, seen);
    seen.rows += 1;
    const attempt = values.attempt(row);
    const step = this.#number(row, values.has('step') ? 'step' : 'first_step');
    if (step === undefined || attempt === undefined) return;
    const steps = this.#stepsOf(seen, attempt);
    noteStep(seen, steps, { at: row.at, step, last: this.#number(row, 'last_step') ?? step });
    noteTokens(seen, steps, this.#number(row, 'tokens'));
  }

  /** Why there are more runs or attempts than a file can have. */
  tooMany(): string | undefined {
    const values = this.#values;
    if (this.runs.size > MAX_RUNS)
      return `the column ${values.column('run')} has more than ${MAX_RUNS} different runs`;
    if (this.#attempts <= MAX_ATTEMPTS) return undefined;
    return `the column ${values.column(values.attemptRole() ?? 'attempt')} has more than ${MAX_ATTEMPTS} different attempts`;
  }

  tokensIncrease(): boolean {
    const all = [...this.runs.values()];
    return all.length > 0 && all.every(({ rows, compared, grown }) => rows > 2 && compared > 0 && grown);
  }

  #stepsOf(seen: Seen, attempt: number | null): SeenSteps {
    if (attempt === null) return seen.steps;
    const known = seen.attempts.get(attempt);
    if (known) return known;
    const steps = unseenSteps();
    seen.attempts.set(attempt, steps);
    this.#attempts += 1;
    return steps;
  }

  #number(row: Row, role: Role): number | undefined {
    const cell = cellOf(this.#values.text(row, role), this.#format);
    return cell.kind === 'number' && !Number.isNaN(cell.value) ? cell.value : undefined;
  }
}

const unseenSteps = (): SeenSteps => ({ low: Infinity, high: -Infinity, last: -Infinity, tokens: -1 });

const unseen = (): Seen => ({
  rows: 0,
  backs: 0,
  firstBack: 0,
  steps: unseenSteps(),
  attempts: new Map(),
  compared: 0,
  grown: true,
});

type SeenStep = { readonly at: number; readonly step: number; readonly last: number };

function noteStep(seen: Seen, steps: SeenSteps, { at, step, last }: SeenStep): void {
  if (step < steps.last) {
    seen.backs += 1;
    seen.firstBack ||= at;
  }
  steps.last = step;
  for (const range of new Set([steps, seen.steps])) {
    range.low = Math.min(range.low, step);
    range.high = Math.max(range.high, last);
  }
}

function noteTokens(seen: Seen, steps: SeenSteps, tokens: number | undefined): void {
  if (tokens === undefined) return;
  if (steps.tokens >= 0) seen.compared += 1;
  if (tokens <= steps.tokens) seen.grown = false;
  steps.tokens = tokens;
}
