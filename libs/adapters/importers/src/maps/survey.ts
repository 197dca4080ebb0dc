import { cellOf } from './cell.ts';
import type { NumberFormat } from './cell.ts';
import type { RowValues } from './row-values.ts';
import type { RowSource } from './rows/row.ts';

/** What the rows of a run are like. */
type RunSurvey = {
  readonly rows: number;
  /** How often the step is lower than in the row before of its attempt. */
  readonly backs: number;
  /** The first row in which it is. */
  readonly firstBack: number;
  /** Its lowest and highest step; `low` is above `high` where no row has one. */
  readonly low: number;
  readonly high: number;
};

/** What a first reading of a file finds, so that a second one needs little memory. */
export type Survey = {
  readonly runs: ReadonlyMap<string, RunSurvey>;
  readonly rows: number;
  /** Whether the tokens of each run increase at each of its steps. */
  readonly tokensIncrease: boolean;
};

/** More runs in one file are an error of the map. */
const MAX_RUNS = 100_000;

type Seen = {
  rows: number;
  backs: number;
  firstBack: number;
  low: number;
  high: number;
  attempt: string;
  /** The last step of each attempt that rows state. */
  readonly lasts: Map<string, number>;
  tokens: number;
  grown: boolean;
};

/** Reads a file once without making facts. The text is the reason why it cannot be read a second time. */
export async function surveyOf(
  source: RowSource,
  values: RowValues,
  format: NumberFormat,
): Promise<Survey | string> {
  const runs = new Map<string, Seen>();
  const attempt = values.attemptRole();
  let rows = 0;
  for await (const batch of source.rows({ refuse: () => undefined })) {
    values.refresh();
    for (const row of batch) {
      values.enter(row);
      rows += 1;
      const run = values.name(row, 'run');
      const seen = runs.get(run) ?? unseen();
      runs.set(run, seen);
      seen.rows += 1;
      const step = numberIn(values.text(row, values.has('step') ? 'step' : 'first_step'), format);
      if (step === undefined) continue;
      const last = enterAttempt(seen, attempt === undefined ? '' : values.text(row, attempt));
      if (step < last) {
        seen.backs += 1;
        seen.firstBack ||= row.at;
      }
      seen.lasts.set(seen.attempt, step);
      seen.low = Math.min(seen.low, step);
      seen.high = Math.max(seen.high, numberIn(values.text(row, 'last_step'), format) ?? step);
      noteTokens(seen, numberIn(values.text(row, 'tokens'), format));
    }
    if (runs.size > MAX_RUNS)
      return `the column ${values.column('run')} has more than ${MAX_RUNS} different runs`;
  }
  const all = [...runs.values()];
  const tokensIncrease =
    all.length > 0 && all.every(({ rows: many, grown, tokens }) => many > 2 && grown && tokens >= 0);
  return { runs, rows, tokensIncrease };
}

const unseen = (): Seen => ({
  rows: 0,
  backs: 0,
  firstBack: 0,
  low: Infinity,
  high: -Infinity,
  attempt: '',
  lasts: new Map(),
  tokens: -1,
  grown: true,
});

/** The last step of an attempt. The total of tokens begins again with each. */
function enterAttempt(seen: Seen, attempt: string): number {
  if (attempt !== seen.attempt) [seen.attempt, seen.tokens] = [attempt, -1];
  return seen.lasts.get(attempt) ?? -Infinity;
}

function noteTokens(seen: Seen, tokens: number | undefined): void {
  if (tokens === undefined) return;
  if (tokens <= seen.tokens) seen.grown = false;
  seen.tokens = tokens;
}

function numberIn(text: string, format: NumberFormat): number | undefined {
  const cell = cellOf(text, format);
  return cell.kind === 'number' && !Number.isNaN(cell.value) ? cell.value : undefined;
}
