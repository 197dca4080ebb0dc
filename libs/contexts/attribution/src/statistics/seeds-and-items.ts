import { mean, variance } from '../numerics/moments.ts';
import { studentQuantile } from './student-t.ts';
import { pairedComparison, welch } from './welch.ts';
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

/** Mean over the rows, by column. */
const columnMeans = (rows: readonly Float64Array[]): Float64Array =>
  rows[0]!.map((_, column) => mean(rows.map((row) => row[column]!)));

/** Variance of what neither the row nor the column explains, as it enters the mean of all cells. */
function residualOfMean(rows: readonly Float64Array[]): number {
  const columns = columnMeans(rows);
  const centre = mean(columns);
  let squares = 0;
  for (const row of rows) {
    const ofRow = mean(row);
    for (const [column, value] of row.entries()) squares += (value - ofRow - columns[column]! + centre) ** 2;
  }
  return squares / ((rows.length - 1) * (columns.length - 1)) / (rows.length * columns.length);
}

type Options = {
  readonly level?: number;
  /** Whether run i of both arms has the same seed. */
  readonly isPaired?: boolean;
};

/**
 * mean(more) - mean(less) over new seeds and new items, with an interval by Student's t. Its variance is that between
 * seeds (Welch, or of the paired differences) plus that of the difference between items, less the residual that both
 * contain (method of moments for two crossed factors, Searle, Casella and McCulloch 1992, section 4.3); its degrees of
 * freedom are by Satterthwaite (1946). Items are paired, and only those on which every run was scored count; undefined
 * with fewer than two of them, or of seeds in an arm.
 */
export function seedsAndItems(
  more: readonly ItemScores[],
  less: readonly ItemScores[],
  { level = 0.95, isPaired = false }: Options = {},
): { readonly effect: number; readonly interval: Interval } | undefined {
  const items = sharedItems([...more, ...less]);
  if (items.length < 2 || more.length < 2 || less.length < 2) return undefined;
  const high = more.map((run) => aligned(run, items));
  const low = less.map((run) => aligned(run, items));
  const gaps = high.map((row, index) => row.map((value, item) => value - (low[index]?.[item] ?? 0)));
  const compare = isPaired ? pairedComparison : welch;
  const { effect, standardError, degreesOfFreedom } = compare(high.map(mean), low.map(mean), level);
  const lowMeans = columnMeans(low);
  const differences = columnMeans(high).map((value, item) => value - lowMeans[item]!);
  const ofSeeds = standardError ** 2;
  const ofItems = variance(differences) / items.length;
  const both = isPaired ? residualOfMean(gaps) : residualOfMean(high) + residualOfMean(low);
  const total = Math.max(ofSeeds, ofItems, ofSeeds + ofItems - both);
  const freedom = total ** 2 / (ofSeeds ** 2 / degreesOfFreedom + ofItems ** 2 / (items.length - 1));
  if (!(total > 0)) return undefined;
  const reach = studentQuantile(0.5 + level / 2, freedom) * Math.sqrt(total);
  const interval = { low: effect - reach, high: effect + reach, level, method: 'seeds_and_items_t' };
  return { effect, interval };
}
