import type { ArmPair, RealisedArm } from './arm-pair.ts';
import { realise } from './arm-pair.ts';
import type { ScoredRun, Warning } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';
import type { ItemScores } from '../statistics/seeds-and-items.ts';

/** The outcome of one seed in one arm: the mean over its runs, which are no independent repetitions. */
export type SeedOutcome = {
  readonly seed: string | number | undefined;
  readonly value: number;
  /** Item results, where every run of the seed recorded the same items. */
  readonly items: ItemScores | undefined;
};

/** One outcome for each seed, in the order of the runs; a run without a recorded seed counts by itself. */
export function seedOutcomes(runs: readonly ScoredRun[]): SeedOutcome[] {
  const groups = new Map<string | number, ScoredRun[]>();
  for (const run of runs) {
    const key = run.seed ?? `run ${run.runId}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((group) => ({
    seed: group[0]?.seed,
    value: mean(group.map(({ score }) => score.value)),
    items: meanItems(group),
  }));
}

function meanItems(group: readonly ScoredRun[]): ItemScores | undefined {
  const [first, ...others] = group.map(({ score }) => score.items);
  if (!first || others.length === 0) return first;
  const tables = [first, ...others].map(
    (items) => new Map(items?.ids.map((id, index) => [id, items.values[index]!])),
  );
  const ids = first.ids.filter((id) => tables.every((table) => table.has(id)));
  if (ids.length === 0) return undefined;
  return { ids, values: ids.map((id) => mean(tables.map((table) => table.get(id)!))) };
}

export const valuesOf = ({ runs }: RealisedArm): number[] => seedOutcomes(runs).map(({ value }) => value);

/** Seeds in each arm that make a design in blocks. */
const BLOCKS = 3;

/** Whether arms of `more` and `less` seeds are compared in blocks, where `shared` seeds ran in both. */
export const makesBlocks = ({ more, less, shared }: SeedCounts): boolean =>
  shared >= BLOCKS && 2 * shared >= Math.max(more, less);

/** Distinct seeds of two arms, and how many of them both ran. */
export type SeedCounts = { readonly more: number; readonly less: number; readonly shared: number };

export type Blocks = {
  readonly pair: ArmPair;
  readonly isBlocked: boolean;
  readonly warnings: readonly Warning[];
};

/**
 * The pair as it is compared. Where both arms ran the same three or more seeds, and those are at least half of the seeds of
 * either arm, they are blocks: the runs of other seeds are left out, and a warning names the seeds.
 */
export function inBlocks(pair: ArmPair): Blocks {
  const seeds = ({ runs }: RealisedArm) => new Set(runs.map(({ seed }) => seed));
  const [high, low] = [seeds(pair.more), seeds(pair.less)];
  const all = [...new Set([...high, ...low])];
  const shared = new Set(all.filter((seed) => seed !== undefined && high.has(seed) && low.has(seed)));
  const isBlocked = makesBlocks({ more: high.size, less: low.size, shared: shared.size });
  if (!isBlocked) return { pair, isBlocked, warnings: [] };
  const others = all.filter((seed) => !shared.has(seed)).map((seed) => seed ?? 'not recorded');
  if (others.length === 0) return { pair, isBlocked, warnings: [] };
  const kept = ({ arm, runs }: RealisedArm) =>
    realise(
      arm,
      runs.filter(({ seed }) => shared.has(seed)),
    );
  const text =
    `Compared are the ${shared.size} seeds that both arms ran; left out, because one arm alone ran them: ` +
    `${others.join(', ')}.`;
  return {
    pair: { ...pair, more: kept(pair.more), less: kept(pair.less) },
    isBlocked,
    warnings: [{ code: 'seeds_unmatched', text }],
  };
}
