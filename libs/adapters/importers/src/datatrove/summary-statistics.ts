import type { SourceFile } from '../files/folder.ts';
import { groupBy } from '@tributary/kernel';
import { contentId } from '../facts/shard-list.ts';
import { sha256Of, truncateName } from '../facts/text.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';
import { objectIn } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { metricOf } from './stats-file.ts';
import type { StatMetric } from './stats-file.ts';

const STATISTIC_PATH = /^(?:(.*)\/)?(summary|histogram|fqdn|suffix)\/([^/]+)\/(\d+|metric)\.json$/;

/** A statistic over the documents of a dataset: `{out}/{group}/{stat}/{rank}.json`, or one merged file. */
export type Statistic = {
  readonly group: string;
  readonly stat: string;
  readonly files: readonly SourceFile[];
  /** The dataset: the name of its output and a digest of all of it. */
  readonly ref: string;
};

/** Whether a file has the path of a statistic and holds metrics by key. */
export async function isStatistic(file: SourceFile): Promise<boolean> {
  if (!STATISTIC_PATH.test(file.path)) return false;
  const values = Object.values(objectIn(await file.json()) ?? {});
  return values.length > 0 && values.every((value) => metricOf(value) !== undefined);
}

/** Statistics with their files. A merged file replaces the files of the tasks. */
export async function statisticsOf(files: readonly SourceFile[]): Promise<Statistic[]> {
  const outputs = groupBy(files, ({ path }) => STATISTIC_PATH.exec(path)?.[1] ?? '');
  const found = await Promise.all(
    [...outputs.values()].map(async (own) => statisticsIn(own, await refOf(own))),
  );
  return found.flat();
}

/** Outputs of many datasets are called `stats`, so what they hold is part of their names. */
async function refOf(files: readonly SourceFile[]): Promise<string> {
  const parts = await Promise.all(
    files.map(async (file) => `${file.path.split('/').slice(-3).join('/')} ${await file.sha256()}`),
  );
  return contentId(files[0]?.folders.at(-3) ?? 'datatrove', sha256Of(parts.join('\n')));
}

function statisticsIn(files: readonly SourceFile[], ref: string): Statistic[] {
  const byKey = new Map<string, Statistic & { files: SourceFile[] }>();
  for (const file of files) {
    const [, , group = '', stat = ''] = STATISTIC_PATH.exec(file.path) ?? [];
    const key = JSON.stringify([group, stat]);
    const statistic = byKey.get(key) ?? { group, stat, ref, files: [] };
    statistic.files.push(file);
    byKey.set(key, statistic);
  }
  return [...byKey.values()].map((statistic) => {
    const merged = statistic.files.filter(({ name }) => name === 'metric.json');
    return merged.length > 0 ? { ...statistic, files: merged } : statistic;
  });
}

/**
 * Adds the values by bucket: the totals of domains, suffixes and histogram bins, or total, number and mean of the
 * summary. For lengths it adds the documents of each bucket as an attribute named after the group.
 */
export async function readStatistic(statistic: Statistic, collector: FactCollector): Promise<void> {
  const { group, stat, ref, files } = statistic;
  const metrics = await metricsOf(files);
  const context = {
    statistic,
    collector,
    ref,
    sha256: (await files[0]?.sha256()) ?? '',
  };
  if (group === 'summary') {
    const summary = metrics.get('summary');
    if (summary) return addValues(context, `summary.${stat}`, summaryOf(summary));
    return collector.findings.reject(files[0]?.path ?? '', '/summary', 'the file has no member "summary"');
  }
  const totals = [...metrics].map(([key, { total }]) => [key, total] as const);
  addValues(context, `${group}.${stat}`, totals);
  const documents = [...metrics].map(([key, { n }]) => [key, n] as const);
  if (stat === 'length' && group !== 'histogram') addValues(context, group, documents, 'documents');
}

type BucketValue = readonly [bucket: string, value: number];

function summaryOf({ total, n }: StatMetric): BucketValue[] {
  const counts: BucketValue[] = [
    ['total', total],
    ['n', n],
  ];
  return n > 0 ? [...counts, ['mean', total / n]] : counts;
}

async function metricsOf(files: readonly SourceFile[]): Promise<Map<string, StatMetric>> {
  const metrics = new Map<string, StatMetric>();
  const parts = await Promise.all(
    files.map(async (file) => Object.entries(objectIn(await file.json()) ?? {})),
  );
  for (const [key, value] of parts.flat()) {
    const [added, before] = [metricOf(value), metrics.get(key) ?? { total: 0, n: 0 }];
    if (added) metrics.set(key, { total: before.total + added.total, n: before.n + added.n });
  }
  return metrics;
}

type StatisticContext = {
  readonly statistic: Statistic;
  readonly collector: FactCollector;
  readonly ref: string;
  readonly sha256: string;
};

function addValues(
  { statistic, collector, ref, sha256 }: StatisticContext,
  attribute: string,
  values: readonly BucketValue[],
  unit?: string,
): void {
  addAttributeValues(
    collector,
    { sha256, pointer: '' },
    JSON.stringify([ref, attribute, statistic.files.length]),
    {
      attribute: truncateName(attribute, 256),
      subjectKind: 'snapshot',
      instrument: { name: 'datatrove' },
      method: 'reported',
      ...(unit !== undefined && { unit }),
      values: values.map(([bucket, value]) => ({
        ref: truncateName(ref, 1024),
        bucket: truncateName(bucket, 512) || 'unknown',
        value,
      })),
    },
  );
}
