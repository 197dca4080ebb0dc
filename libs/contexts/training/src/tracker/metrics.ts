import type { Fact } from '@tributary/contracts';
import type { ColumnarRows } from '@tributary/kernel';

type Metrics = Fact<'training.metrics.recorded'>['data'];

const NONFINITE = { nan: Number.NaN, '+inf': Infinity, '-inf': -Infinity } as const;

/** One row a point. A step that the source did not give is NaN, as is a value that is missing. */
export function metricRows(data: Metrics, position: number): ColumnarRows {
  return {
    count: data.keys.length,
    columns: {
      _position: position,
      run_id: data.runId,
      key: data.keys,
      step: data.steps.map((step) => step ?? Number.NaN),
      time: data.times,
      value: restored(data),
      model_id: data.modelId ?? '',
      dataset_name: data.datasetName ?? '',
      dataset_digest: data.datasetDigest ?? '',
    },
  };
}

function restored({ values, nonfinite }: Metrics): number[] {
  const column = values.map((value) => value ?? Number.NaN);
  for (const { index, value } of nonfinite ?? []) column[index] = NONFINITE[value];
  return column;
}
