import { isObject, numberIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

type RowKind = 'train' | 'eval' | 'predict' | 'summary';

/** A row of `log_history` by kind. `inferred` is true if the row has no step and takes that of an earlier row. */
export type HistoryRow = {
  readonly kind: RowKind;
  readonly index: number;
  readonly step: number | null;
  readonly inferred: boolean;
  readonly values: readonly (readonly [key: string, value: number])[];
  /** Keys whose value is not a number. */
  readonly others: readonly string[];
};

/** Keys that locate a row and are not metrics. */
const NON_METRIC_KEYS = new Set(['step']);

export function historyRows(history: readonly unknown[]): HistoryRow[] {
  let evalStep: number | null = null;
  let lastStep: number | null = null;
  return history.flatMap((row, index) => {
    if (!isObject(row)) return [];
    const kind = kindOf(row);
    const own = loggedNumber(row['step']) ?? null;
    const step: number | null = own ?? (kind === 'predict' ? (evalStep ?? lastStep) : lastStep);
    if (kind === 'eval') evalStep = own ?? evalStep;
    lastStep = own ?? lastStep;
    const members = Object.entries(row).filter(([key]) => !NON_METRIC_KEYS.has(key));
    return [
      {
        kind,
        index,
        step,
        inferred: own === null,
        values: members.flatMap(([key, value]): [string, number][] => {
          const number = loggedNumber(value);
          return number === undefined ? [] : [[key, number]];
        }),
        others: members.flatMap(([key, value]) =>
          value === null || loggedNumber(value) !== undefined ? [] : [key],
        ),
      },
    ];
  });
}

const NONFINITE = new Map([
  ['NaN', Number.NaN],
  ['nan', Number.NaN],
  ['Infinity', Infinity],
  ['inf', Infinity],
  ['-Infinity', -Infinity],
  ['-inf', -Infinity],
]);

/** Some callbacks write numbers as strings, such as a learning rate of "1e-05". */
function loggedNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return numberIn(value) ?? NONFINITE.get(value);
  return typeof value === 'number' ? value : undefined;
}

/**
 * A training row has a loss. `train_runtime` does not identify the summary, because newer versions add it to training
 * rows too.
 */
function kindOf(row: JsonObject): RowKind {
  const keys = Object.keys(row);
  if ('loss' in row || 'learning_rate' in row) return 'train';
  if (keys.some((key) => key.startsWith('predict_') || key.startsWith('test_'))) return 'predict';
  if (keys.some((key) => key.startsWith('eval_'))) return 'eval';
  const summary = ['train_loss', 'train_samples_per_second', 'total_flos'].some((key) =>
    Object.hasOwn(row, key),
  );
  return summary ? 'summary' : 'train';
}
