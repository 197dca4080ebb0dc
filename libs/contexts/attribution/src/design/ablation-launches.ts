import type { SeedCounts } from '../ablation/seed-outcomes.ts';
import type { Seed } from './planned-runs.ts';

/** A run of one arm of a contrast with its seed. */
export type Launch = { readonly side: 'more' | 'less'; readonly seed: Seed };

/** Runs that are launched together. */
export type Batch = readonly Launch[];

/** Distinct recorded seeds of both arms; a run without a recorded seed is one of its own. */
export type ArmSeeds = {
  readonly more: readonly (Seed | undefined)[];
  readonly less: readonly (Seed | undefined)[];
};

const known = (seeds: readonly (Seed | undefined)[]) => seeds.flatMap((seed) => seed ?? []);

export const sharedSeeds = ({ more, less }: ArmSeeds): Seed[] => {
  const low = new Set(less);
  return known(more).filter((seed) => low.has(seed));
};

/** Whether new runs repeat seeds in both arms: where the arms share a seed already, or one of them has no run. */
export const isInBlocks = (seeds: ArmSeeds): boolean =>
  sharedSeeds(seeds).length > 0 || (seeds.less.length === 0 && known(seeds.more).length > 0);

/**
 * At most `limit` runs that make both arms larger. In blocks the seeds that one arm lacks come first, then new seeds in both;
 * else each run has a seed of its own and goes to the arm with fewer, or to the arms in the order of `dealt`.
 */
export function launches(
  seeds: ArmSeeds,
  limit: number,
  { newSeed, dealt }: { readonly newSeed: () => Seed; readonly dealt?: readonly Launch[] | undefined },
): Batch[] {
  if (!isInBlocks(seeds)) {
    return dealt ? dealt.slice(0, limit).map((launch) => [launch]) : alternating(seeds, limit, newSeed);
  }
  const [high, low] = [new Set(seeds.more), new Set(seeds.less)];
  const batches: Batch[] = [
    ...known(seeds.more).flatMap((seed): Batch[] => (low.has(seed) ? [] : [[{ side: 'less', seed }]])),
    ...known(seeds.less).flatMap((seed): Batch[] => (high.has(seed) ? [] : [[{ side: 'more', seed }]])),
  ].slice(0, limit);
  let launched = batches.length;
  for (; launched + 2 <= limit; launched += 2) {
    const seed = newSeed();
    batches.push([
      { side: 'more', seed },
      { side: 'less', seed },
    ]);
  }
  return batches;
}

function alternating(seeds: ArmSeeds, limit: number, newSeed: () => Seed): Batch[] {
  let [more, less] = [seeds.more.length, seeds.less.length];
  return Array.from({ length: limit }, (): Batch => {
    const side = more <= less ? 'more' : 'less';
    if (side === 'more') more += 1;
    else less += 1;
    return [{ side, seed: newSeed() }];
  });
}

/** Seeds of the arms before any batch, and after each. */
export function countsAfter(seeds: ArmSeeds, batches: readonly Batch[]): SeedCounts[] {
  const [more, less] = [[...seeds.more], [...seeds.less]];
  const counts = (): SeedCounts => ({
    more: more.length,
    less: less.length,
    shared: sharedSeeds({ more, less }).length,
  });
  return [
    counts(),
    ...batches.map((batch) => {
      for (const { side, seed } of batch) (side === 'more' ? more : less).push(seed);
      return counts();
    }),
  ];
}
