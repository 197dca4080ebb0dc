import type { Fact } from '@tributary/contracts';
import type { ColumnarRows } from '@tributary/kernel';

type Steps = Fact<'training.steps.recorded'>['data'];

const NONFINITE = { nan: Number.NaN, '+inf': Infinity, '-inf': -Infinity } as const;

/**
 * One row a step, by column. A metric that was not recorded is NaN, which no aggregate counts; one beyond a Float32
 * is infinite. Metrics without a column of their own go into the map.
 */
export function stepRows(data: Steps, position: number): ColumnarRows {
  const { loss, learningRate, gradNorm, tokens, ...others } = restored(data);
  const extra = Object.entries(others).map(([name, values]) => [name, metric(values)] as const);
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
      tokens: tokens?.map((count) => Math.max(0, Math.round(count ?? 0))) ?? 0,
      extra: Object.fromEntries(extra),
    },
  };
}

function metric(values: readonly (number | null)[] | undefined): Float32Array | number {
  if (!values) return Number.NaN;
  const floats = new Float32Array(values.length);
  /* A plain loop: Float32Array.from costs ten times as much, and this runs for every value of every step. */
  for (let index = 0; index < floats.length; index += 1) floats[index] = values[index] ?? Number.NaN;
  return floats;
}

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
