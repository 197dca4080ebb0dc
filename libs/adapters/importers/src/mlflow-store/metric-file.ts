import type { FactCatalogue } from '@tributary/contracts';
import { groupBy } from '@tributary/kernel';
import { truncateName } from '../facts/text.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { spanOf } from '../run-history/point.ts';
import { chunksOf, requireNonEmpty } from '../facts/chunks.ts';
import { datasetOf, pointsIn } from './metric-lines.ts';
import type { MetricPoint } from './metric-lines.ts';
import type { KeyedFile } from './store-layout.ts';

type RecordedMetrics = FactCatalogue['training.metrics.recorded'];

/** Records the points of a metric file, grouped by dataset. */
export async function recordMetric(
  collector: FactCollector,
  runId: string,
  { key, file }: KeyedFile,
): Promise<void> {
  const sha256 = await file.sha256();
  const points = pointsIn(await file.text(), file.path, collector.findings);
  for (const [measured, group] of groupBy(points, datasetOf)) {
    for (const [index, chunk] of chunksOf(group, pointsPerFact(key)).entries()) {
      const pointer = spanOf('lines')(chunk[0]?.line ?? 1, chunk.at(-1)?.line ?? 1);
      collector.add({ sha256, pointer }, `${runId} metric ${key} ${measured} ${index}`, {
        type: 'training.metrics.recorded',
        data: metricsOf(runId, key, chunk),
      });
    }
  }
}

function metricsOf(runId: string, key: string, points: readonly MetricPoint[]): RecordedMetrics {
  const dataset = points[0]?.dataset;
  const nonfinite = points.flatMap(({ value }, index) =>
    Number.isFinite(value) ? [] : [{ index, value: spelled(value) }],
  );
  const name = truncateName(key, 512);
  return {
    runId,
    attempt: 1,
    keys: requireNonEmpty(points.map(() => name)),
    steps: requireNonEmpty(points.map(({ step }) => step)),
    times: requireNonEmpty(points.map(({ time }) => time)),
    values: requireNonEmpty(points.map(({ value }) => (Number.isFinite(value) ? value : null))),
    ...(nonfinite.length > 0 && { nonfinite }),
    ...(dataset && {
      datasetName: truncateName(dataset.name, 512),
      datasetDigest: truncateName(dataset.digest, 128),
    }),
    method: 'reported',
  };
}

const spelled = (value: number): 'nan' | '+inf' | '-inf' => {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? '+inf' : '-inf';
};

/** A telemetry event is at most 1 MiB, and every point repeats the key. */
const pointsPerFact = (key: string): number =>
  Math.min(10_000, Math.floor(800_000 / (Buffer.byteLength(JSON.stringify(key)) + 70)));
