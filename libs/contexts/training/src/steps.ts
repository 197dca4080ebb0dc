import type { Fact } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import type { ColumnarRows, Row } from '@tributary/kernel';

type Steps = Fact<'training.steps.recorded'>['data'];

/** Values that JSON cannot represent, by their names in facts. */
export const NONFINITE = { nan: Number.NaN, '+inf': Infinity, '-inf': -Infinity } as const;

/** Metrics with a column of their own. */
const OWN_COLUMNS = new Set(['loss', 'learningRate', 'gradNorm', 'tokens']);

/**
 * One row for each step, by column. A metric that was not recorded is NaN, which no aggregate counts; a value beyond
 * Float32 is infinite. Metrics without a column of their own are in the map `extra`.
 */
export function stepRows(data: Steps, position: number): ColumnarRows {
  const columns = restored(data);
  const { loss, learningRate, gradNorm, tokens } = columns;
  const others = Object.keys(columns).filter((name) => !OWN_COLUMNS.has(name));
  return {
    count: data.steps.length,
    columns: {
      _position: position,
      run_id: data.runId,
      attempt: data.attempt,
      step: data.steps,
      loss: metric(loss),
      learning_rate: metric(learningRate),
      grad_norm: metric(gradNorm),
      tokens: tokens ? counts(tokens) : 0,
      extra: Object.fromEntries(others.map((name) => [name, metric(valueIn(columns, name))])),
    },
  };
}

type Column = readonly (number | null)[];

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** The values unchanged where all fit a Float32, which most events do; a converted copy otherwise. */
function metric(values: Column | undefined): Column | Float32Array | number {
  if (!values) return Number.NaN;
  return values.every(isFloat32) ? values : Float32Array.from(values, (value) => value ?? Number.NaN);
}

const isFloat32 = (value: number | null): boolean => value !== null && Math.abs(value) <= LARGEST_FLOAT32;

/** Tokens that are not finite are 0 here, as those that were not recorded. */
const counts = (values: Column): Column =>
  values.every(isCount)
    ? values
    : values.map((count) => (isRecorded(count) ? Math.max(0, Math.round(count)) : 0));

const isRecorded = (count: number | null): count is number => Number.isFinite(count);

const isCount = (value: number | null): boolean => value !== null && value >= 0 && Number.isInteger(value);

/** The columns with the non-finite values that JSON represents as null. */
function restored(data: Steps): Steps['columns'] {
  if (!data.nonfinite) return data.columns;
  const columns = new Map(Object.entries(data.columns));
  for (const [name, entries] of Object.entries(data.nonfinite)) {
    const values = [...(columns.get(name) ?? [])];
    for (const { index, value } of entries) values[index] = NONFINITE[value];
    columns.set(name, values);
  }
  return Object.fromEntries(columns);
}

/** One row for each recorded value that is not finite. Of entries that name one index, the last one says it. */
export function nonfiniteRows(data: Steps, _position: number): Row[] {
  return Object.entries(data.nonfinite ?? {}).flatMap(([metric, entries]) =>
    [...new Map(entries.map(({ index, value }) => [index, value]))].map(([index, value]) => ({
      _position,
      run_id: data.runId,
      attempt: data.attempt,
      metric,
      step: data.steps[index] ?? 0,
      value: NONFINITE[value],
    })),
  );
}
