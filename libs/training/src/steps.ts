import type { Fact } from '@tributary/contracts';
import type { Row } from '@tributary/kernel';

type Steps = Fact<'training.steps.recorded'>['data'];


const NONFINITE = { nan: Number.NaN, '+inf': Infinity, '-inf': -Infinity } as const;

/** One row a step. A metric that was not recorded is NaN, which no aggregate counts. */
export function stepRows(data: Steps, position: number): Row[] {
  const { loss, learningRate, gradNorm, tokens, ...others } = restored(data);
  const extra = Object.entries(others);
  return data.steps.map((step, index) => ({
    _position: position,
    run_id: data.runId,
    attempt: data.attempt,
    step,
    loss: loss?.[index] ?? Number.NaN,
    learning_rate: learningRate?.[index] ?? Number.NaN,
    grad_norm: gradNorm?.[index] ?? Number.NaN,
    tokens: tokens?.[index] ?? 0,
    extra: extraOf(extra, index),
  }));
}

const NO_EXTRA = {};

function extraOf(columns: readonly (readonly [string, readonly (number | null)[]])[], index: number) {
  if (columns.length === 0) return NO_EXTRA;
  const extra: Record<string, number> = {};
  for (const [name, values] of columns) extra[name] = values[index] ?? Number.NaN;
  return extra;
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
