import type { Fact } from '@tributary/contracts';
import type { ColumnarRows, Row } from '@tributary/kernel';

type Steps = Fact<'training.steps.recorded'>['data'];

const NONFINITE = { nan: Number.NaN, '+inf': Infinity, '-inf': -Infinity } as const;

/** Metrics with a column of their own. */
const OWN = new Set(['loss', 'learningRate', 'gradNorm', 'tokens']);

/**
 * One row a step, by column. A metric that was not recorded is NaN, which no aggregate counts; one beyond a Float32
 * is infinite. Metrics without a column of their own go into the map.
 */
export function stepRows(data: Steps, position: number): ColumnarRows {
  const columns = restored(data);
  const { loss, learningRate, gradNorm, tokens } = columns;
  const others = Object.keys(columns).filter((name) => !OWN.has(name));
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
      extra: Object.fromEntries(others.map((name) => [name, metric(columns[name])])),
    },
  };
}

type Column = readonly (number | null)[];

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** The values themselves where a Float32 can hold them: most events need no copy. */
function metric(values: Column | undefined): Column | Float32Array | number {
  if (!values) return Number.NaN;
  return values.every(isFloat32) ? values : Float32Array.from(values, (value) => value ?? Number.NaN);
}

const isFloat32 = (value: number | null): boolean => value !== null && Math.abs(value) <= LARGEST_FLOAT32;

const counts = (values: Column): Column =>
  values.every(isCount) ? values : values.map((count) => Math.max(0, Math.round(count ?? 0)));

const isCount = (value: number | null): boolean => value !== null && value >= 0 && Number.isInteger(value);

/** The columns with what stood where JSON could only say null. */
function restored(data: Steps): Steps['columns'] {
  if (!data.nonfinite) return data.columns;
  const columns = { ...data.columns };
  for (const [name, places] of Object.entries(data.nonfinite)) {
    const values = [...(columns[name] ?? [])];
    for (const { index, value } of places) values[index] = NONFINITE[value];
    columns[name] = values;
  }
  return columns;
}

/** One row a value that was recorded and is not finite. */
export function nonfiniteRows(data: Steps, _position: number): Row[] {
  return Object.entries(data.nonfinite ?? {}).flatMap(([metric, places]) =>
    places.map(({ index, value }) => ({
      _position,
      run_id: data.runId,
      attempt: data.attempt,
      metric,
      step: data.steps[index] ?? 0,
      value: NONFINITE[value],
    })),
  );
}
