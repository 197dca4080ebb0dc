import type { SourceFile } from '../files/folder.ts';
import { sha256Of } from '../facts/text.ts';
import { looseCountIn, isObject, listIn, objectIn, looseNumberIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** One digest for several files, made of their digests in order. */
export async function digestOfFiles(files: readonly SourceFile[]): Promise<string> {
  const digests = await Promise.all(files.map((file) => file.sha256()));
  return sha256Of(digests.join(' '));
}

/** A metric of datatrove. `n` is the number of summed values. */
export type StatMetric = { readonly total: number; readonly n: number };

/**
 * Parses a metric. A bare number is a total with mean 1. `n` is omitted if it equals the total or is 1
 * (datatrove.utils.stats.MetricStats).
 */
export function metricOf(value: unknown): StatMetric | undefined {
  const bare = looseNumberIn(value);
  if (bare !== undefined && typeof value === 'number') return { total: bare, n: bare };
  const members = objectIn(value);
  const total = looseNumberIn(members?.['total']);
  if (!members || total === undefined) return undefined;
  const mean = looseNumberIn(members['mean']) ?? 1;
  return { total, n: looseNumberIn(members['n']) ?? (mean === 1 ? total : 1) };
}

/** The counts of one pipeline step, summed over tasks. */
export type StepStats = {
  readonly name: string;
  readonly metrics: ReadonlyMap<string, number>;
  readonly seconds: number | undefined;
};

/** The step counts of a task or a whole run; undefined if JSON is something else. */
export function stepStatsIn(json: unknown): StepStats[] | undefined {
  const steps = listIn(json)?.filter(isObject) ?? [];
  const shaped = steps.filter(
    (step) => textIn(step['name']) !== undefined && isObject(step['time_stats']) && isObject(step['stats']),
  );
  return shaped.length > 0 && shaped.length === steps.length ? shaped.map(stepOf) : undefined;
}

function stepOf(step: JsonObject): StepStats {
  const metrics = Object.entries(objectIn(step['stats']) ?? {}).flatMap(([key, value]) => {
    const metric = metricOf(value);
    return metric ? [[key, metric.total] as const] : [];
  });
  const seconds = looseNumberIn(objectIn(step['time_stats'])?.['total']);
  return { name: textIn(step['name']) ?? '', metrics: new Map(metrics), seconds };
}

/** Sums the counts of tasks. Tasks of one run have the same steps and process different documents. */
export function summedSteps(tasks: readonly (readonly StepStats[])[]): StepStats[] {
  const [first = [], ...rest] = tasks;
  return first.map((step, index) => {
    const all = [step, ...rest.flatMap((task) => task[index] ?? [])];
    const metrics = new Map<string, number>();
    for (const [key, total] of all.flatMap((one) => [...one.metrics])) {
      metrics.set(key, (metrics.get(key) ?? 0) + total);
    }
    const timed = all.flatMap((one) => one.seconds ?? []);
    const seconds = timed.length > 0 ? timed.reduce((sum, one) => sum + one, 0) : undefined;
    return { name: step.name, metrics, seconds };
  });
}

/** The value of a metric if it is a count. */
export const countIn = (step: StepStats, metric: string): number | undefined =>
  looseCountIn(step.metrics.get(metric));
