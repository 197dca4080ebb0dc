import type { SourceFile } from '../folder.ts';
import { atLeastOne } from '../manifest/config.ts';
import { membersOf } from '../manifest/shape.ts';
import type { Reading } from '../reading.ts';
import { metricOf } from './stats-file.ts';
import type { Metric } from './stats-file.ts';

const PLACE = /^(?:(.*)\/)?(summary|histogram|fqdn|suffix)\/([^/]+)\/(\d+|metric)\.json$/;
const VALUES_A_FACT = 5000;

/** Statistics of one kind over the documents of a dataset: `{out}/{group}/{stat}/{rank}.json`, or merged in one file. */
export type Statistic = {
  readonly out: string;
  readonly group: string;
  readonly stat: string;
  readonly files: readonly SourceFile[];
};

/** Whether a file holds metrics by key, in the place where they are written. */
export async function isStatistic(file: SourceFile): Promise<boolean> {
  if (!PLACE.test(file.path)) return false;
  const values = Object.values(membersOf(await file.json()) ?? {});
  return values.length > 0 && values.every((value) => metricOf(value) !== undefined);
}

/** Statistics with their files; a merged file stands for those of the tasks. */
export function statisticsOf(files: readonly SourceFile[]): Statistic[] {
  const found = new Map<string, Statistic & { files: SourceFile[] }>();
  for (const file of files) {
    const [, out = '', group = '', stat = ''] = PLACE.exec(file.path) ?? [];
    const key = JSON.stringify([out, group, stat]);
    const statistic = found.get(key) ?? { out, group, stat, files: [] };
    statistic.files.push(file);
    found.set(key, statistic);
  }
  return [...found.values()].map((statistic) => {
    const merged = statistic.files.filter(({ name }) => name === 'metric.json');
    return merged.length > 0 ? { ...statistic, files: merged } : statistic;
  });
}

/**
 * Values by bucket: for domains, suffixes and histograms the total of a bucket (and, for lengths, how many documents it
 * has, as the attribute that the group names); for the summary its total, number and mean.
 */
export async function readStatistic(statistic: Statistic, reading: Reading, folder: string): Promise<void> {
  const { group, stat, files, out } = statistic;
  const metrics = await metricsOf(files);
  const context = { statistic, reading, ref: out || folder, sha256: (await files[0]?.sha256()) ?? '' };
  if (group === 'summary') return addValues(context, `summary.${stat}`, summaryOf(metrics.get('summary')));
  const totals = [...metrics].map(([key, { total }]) => [key, total] as const);
  addValues(context, `${group}.${stat}`, totals);
  const documents = [...metrics].map(([key, { n }]) => [key, n] as const);
  if (stat === 'length' && group !== 'histogram') addValues(context, group, documents, 'documents');
}

type Value = readonly [bucket: string, value: number];

function summaryOf({ total, n }: Metric = { total: 0, n: 0 }): Value[] {
  const counts: Value[] = [
    ['total', total],
    ['n', n],
  ];
  return n > 0 ? [...counts, ['mean', total / n]] : counts;
}

async function metricsOf(files: readonly SourceFile[]): Promise<Map<string, Metric>> {
  const metrics = new Map<string, Metric>();
  const parts = await Promise.all(
    files.map(async (file) => Object.entries(membersOf(await file.json()) ?? {})),
  );
  for (const [key, value] of parts.flat()) {
    const [added, before] = [metricOf(value), metrics.get(key) ?? { total: 0, n: 0 }];
    if (added) metrics.set(key, { total: before.total + added.total, n: before.n + added.n });
  }
  return metrics;
}

type Context = {
  readonly statistic: Statistic;
  readonly reading: Reading;
  readonly ref: string;
  readonly sha256: string;
};

function addValues(
  { statistic, reading, ref, sha256 }: Context,
  attribute: string,
  values: readonly Value[],
  unit?: string,
): void {
  for (let first = 0; first < values.length; first += VALUES_A_FACT) {
    const chunk = atLeastOne(
      values.slice(first, first + VALUES_A_FACT).map(([bucket, value]) => ({
        ref: ref.slice(0, 1024),
        bucket: bucket.slice(0, 512) || 'unknown',
        value,
      })),
    );
    if (!chunk) continue;
    reading.add({ sha256, pointer: '' }, JSON.stringify([ref, attribute, first, statistic.files.length]), {
      type: 'corpus.attribute.measured',
      data: {
        attribute: attribute.slice(0, 256),
        subjectKind: 'snapshot',
        instrument: { name: 'datatrove' },
        method: 'reported',
        ...(unit !== undefined && { unit }),
        values: chunk,
      },
    });
  }
}
