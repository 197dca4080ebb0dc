import { countOf, isMembers, listOf, membersOf, numberOf, textOf } from '../manifest/shape.ts';
import type { Members } from '../manifest/shape.ts';

/** A metric of datatrove; `n` is what the total is a sum of. */
export type Metric = { readonly total: number; readonly n: number };

/**
 * A bare number is a total with mean 1; `n` is left out where it equals the total, and where there is one value
 * (datatrove.utils.stats.MetricStats).
 */
export function metricOf(value: unknown): Metric | undefined {
  const bare = numberOf(value);
  if (bare !== undefined && typeof value === 'number') return { total: bare, n: bare };
  const members = membersOf(value);
  const total = numberOf(members?.['total']);
  if (!members || total === undefined) return undefined;
  const mean = numberOf(members['mean']) ?? 1;
  return { total, n: numberOf(members['n']) ?? (mean === 1 ? total : 1) };
}

/** What one step of a pipeline counted, over the tasks that are added up. */
export type StepStats = {
  readonly name: string;
  readonly metrics: ReadonlyMap<string, number>;
  readonly seconds: number | undefined;
};

/** The list that a task or a whole run leaves: undefined where JSON is something else. */
export function stepStatsIn(json: unknown): StepStats[] | undefined {
  const steps = listOf(json)?.filter(isMembers) ?? [];
  const shaped = steps.filter(
    (step) => textOf(step['name']) !== undefined && isMembers(step['time_stats']) && isMembers(step['stats']),
  );
  return shaped.length > 0 && shaped.length === steps.length ? shaped.map(stepOf) : undefined;
}

function stepOf(step: Members): StepStats {
  const metrics = Object.entries(membersOf(step['stats']) ?? {}).flatMap(([key, value]) => {
    const metric = metricOf(value);
    return metric ? [[key, metric.total] as const] : [];
  });
  const seconds = numberOf(membersOf(step['time_stats'])?.['total']);
  return { name: textOf(step['name']) ?? '', metrics: new Map(metrics), seconds };
}

/** Tasks of one run have the same steps, each with its own part of the documents. */
export function addedUp(tasks: readonly (readonly StepStats[])[]): StepStats[] {
  const [first = [], ...rest] = tasks;
  return first.map((step, index) => {
    const all = [step, ...rest.flatMap((task) => task[index] ?? [])];
    const metrics = new Map<string, number>();
    for (const [key, total] of all.flatMap((one) => [...one.metrics])) {
      metrics.set(key, (metrics.get(key) ?? 0) + total);
    }
    const seconds = all.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
    return { name: step.name, metrics, seconds };
  });
}

/** A whole number that a metric counts. */
export const countIn = (step: StepStats, metric: string): number | undefined =>
  countOf(step.metrics.get(metric));
