/** What the groups of data have of one range of steps, as shares of it that add up to one. */
export type RangeShares = {
  readonly firstStep: number;
  readonly lastStep: number;
  /** What was consumed in the range, in any unit; ranges weigh by it where they are added. */
  readonly amount: number;
  readonly shares: ReadonlyMap<string, number>;
};

/** How much more of a group was consumed in a spike than in the batches before it. */
export type Lift = {
  readonly group: string;
  readonly share: number;
  /** Its share of the baseline batches. */
  readonly usualShare: number;
  /** The one over the other; null where no baseline batch had any of it. */
  readonly lift: number | null;
  /**
   * Exact, one-sided: the share of batches, this one among them, that had as much of the group. Valid where batches are in
   * random order.
   */
  readonly pValue: number;
};

/**
 * Compares the ranges of a spike with batches of as many ranges before it, group by group; the largest lift first.
 * `batches` are disjoint. Empty where there is no batch to compare with.
 */
export function liftsOf(spike: readonly RangeShares[], batches: readonly (readonly RangeShares[])[]): Lift[] {
  if (spike.length === 0 || batches.length === 0) return [];
  const shares = pooled(spike);
  const usual = batches.map(pooled);
  return [...shares]
    .map(([group, share]): Lift => {
      const others = usual.map((batch) => batch.get(group) ?? 0);
      const usualShare = others.reduce((sum, other) => sum + other, 0) / others.length;
      const asMuch = others.filter((other) => other >= share).length;
      return {
        group,
        share,
        usualShare,
        lift: usualShare === 0 ? null : share / usualShare,
        pValue: (1 + asMuch) / (1 + others.length),
      };
    })
    .toSorted((left, right) => heightOf(right) - heightOf(left) || (left.group < right.group ? -1 : 1));
}

const heightOf = ({ lift }: Lift): number => lift ?? Infinity;

/** Ranges from the newest to the oldest as batches of `size` ranges each; what is left over is no batch. */
export function batchesOf(ranges: readonly RangeShares[], size: number): (readonly RangeShares[])[] {
  const newestFirst = ranges.toSorted((left, right) => right.firstStep - left.firstStep);
  return Array.from({ length: Math.floor(ranges.length / Math.max(1, size)) }, (_, batch) =>
    newestFirst.slice(batch * size, (batch + 1) * size),
  );
}

function pooled(ranges: readonly RangeShares[]): Map<string, number> {
  const total = ranges.reduce((sum, { amount }) => sum + amount, 0);
  const shares = new Map<string, number>();
  for (const range of ranges)
    for (const [group, share] of range.shares)
      shares.set(group, (shares.get(group) ?? 0) + (total === 0 ? 0 : (share * range.amount) / total));
  return shares;
}
