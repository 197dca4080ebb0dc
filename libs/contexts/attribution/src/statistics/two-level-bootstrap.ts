import { mean, quantile } from '../numerics/moments.ts';
import { resampleCounts } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import type { Interval } from './welch.ts';

/** One run's item results: `values[i]` is the score on item `ids[i]`. */
export type ItemScores = { readonly ids: readonly string[]; readonly values: readonly number[] };

/** Items on which every run of both arms was scored, sorted. */
function sharedItems(runs: readonly ItemScores[]): string[] {
  const counts = new Map<string, number>();
  for (const { ids } of runs) for (const id of new Set(ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts.keys()].filter((id) => counts.get(id) === runs.length).toSorted();
}

function aligned({ ids, values }: ItemScores, items: readonly string[]): Float64Array {
  const byId = new Map(ids.map((id, index) => [id, values[index]!]));
  return Float64Array.from(items, (id) => byId.get(id)!);
}

function weightedMean(
  runs: readonly Float64Array[],
  seedCounts: Float64Array,
  itemCounts: Float64Array,
): number {
  let sum = 0;
  for (const [run, scores] of runs.entries()) {
    const times = seedCounts[run]!;
    if (times === 0) continue;
    for (let item = 0; item < scores.length; item++) sum += times * itemCounts[item]! * scores[item]!;
  }
  return sum / (runs.length * itemCounts.length);
}

/**
 * Percentile interval of mean(more) - mean(less) over seeds and items (Efron and Tibshirani 1993, chapter 8). Each
 * resample draws runs within each arm and one set of items for both arms: items are paired. Only items on which every run
 * was scored count; undefined where there are none.
 */
export function twoLevelBootstrap(
  more: readonly ItemScores[],
  less: readonly ItemScores[],
  generator: Random,
  { level = 0.95, resamples = 1000 } = {},
): { readonly effect: number; readonly interval: Interval } | undefined {
  const items = sharedItems([...more, ...less]);
  if (items.length === 0 || more.length === 0 || less.length === 0) return undefined;
  const high = more.map((run) => aligned(run, items));
  const low = less.map((run) => aligned(run, items));
  const effects = Array.from({ length: resamples }, () => {
    const highSeeds = resampleCounts(high.length, generator);
    const lowSeeds = resampleCounts(low.length, generator);
    const itemCounts = resampleCounts(items.length, generator);
    return weightedMean(high, highSeeds, itemCounts) - weightedMean(low, lowSeeds, itemCounts);
  });
  const tail = (1 - level) / 2;
  const interval = {
    low: quantile(effects, tail),
    high: quantile(effects, 1 - tail),
    level,
    method: 'two_level_bootstrap_percentile',
  };
  return { effect: mean(high.map(mean)) - mean(low.map(mean)), interval };
}
