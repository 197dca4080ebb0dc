import { groupBy, largest } from '@tributary/kernel';
import { amountOf, divided } from '@tributary/training';
import type { MeasuredShard, MeasuredSlices } from './measured-slices.ts';
import { partPath, pathOfBucket, sidesOf, UNMEASURED } from './slice-names.ts';

/** What a run consumed of one shard, exactly, in the one unit of the run; a shard without a name is not recorded. */
export type ShardAmount = {
  readonly run: string;
  readonly slice_name: string;
  readonly shard: string;
  readonly unit: string;
  readonly whole: bigint;
};

/** What a run consumed of one value of the attribute within one recorded slice. */
export type Cell = {
  /** The slice that estimators know it as. */
  readonly leaf: string;
  readonly value: string;
  readonly recorded: string;
  /** In the unit of the run. */
  readonly amount: number;
};

export type DividedAmounts = {
  /** The cells of each run, in the order of their leaves. They add up to what the run consumed. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Whether the tokens of some shard are divided between several values. */
  readonly isProrated: boolean;
};

/**
 * Divides what runs consumed of each shard over the values that were measured in it, in whole tokens that add up to what
 * was consumed. A value that lies in several recorded slices has a leaf for each of them, so that an effect of the value is
 * only ever seen where all of them move alike: a value that merely comes along with a recorded slice is told from it.
 */
export function divideAmounts(
  amounts: readonly ShardAmount[],
  measured: ReadonlyMap<string, MeasuredShard>,
  by: MeasuredSlices,
): DividedAmounts {
  const wholes = new Map<string, bigint>();
  let isProrated = false;
  for (const { run, slice_name, shard, unit, whole } of amounts) {
    const parts = valuesOf(measured.get(shard), by);
    if (parts.length > 1) isProrated = true;
    const shares = divided(
      whole,
      parts.map(({ weight }) => weight),
      unit,
    );
    for (const [at, { value }] of parts.entries()) {
      const share = shares[at] ?? 0n;
      if (share === 0n) continue;
      const key = JSON.stringify([run, slice_name, value]);
      wholes.set(key, (wholes.get(key) ?? 0n) + share);
    }
  }
  return { cells: named(wholes), isProrated };
}

type Value = { readonly value: string; readonly weight: number };

/** The values of a shard with their weights: one, or the buckets of a histogram. */
function valuesOf(measured: MeasuredShard | undefined, by: MeasuredSlices): readonly Value[] {
  const { above, below } = sidesOf(by);
  const number = measured && numberOf(measured);
  if (number !== undefined && by.atLeast !== undefined)
    return [{ value: number >= by.atLeast ? above : below, weight: 1 }];
  const positive = (measured?.buckets ?? []).filter(([, weight]) => weight > 0 && Number.isFinite(weight));
  if (positive.length === 0) return [{ value: UNMEASURED, weight: 1 }];
  return positive.map(([bucket, weight]) => ({ value: pathOfBucket(bucket), weight }));
}

/** The one value of a shard; undefined where it has a histogram. */
export function numberOf({ buckets }: MeasuredShard): number | undefined {
  const [only] = buckets;
  return only && only[0] === '' ? largest(buckets.map(([, value]) => value)) : undefined;
}

type Row = { run: string; recorded: string; value: string; whole: bigint };

function named(wholes: ReadonlyMap<string, bigint>): ReadonlyMap<string, readonly Cell[]> {
  const rows = [...wholes].map(([key, whole]): Row => {
    const [run, recorded, value]: [string, string, string] = JSON.parse(key);
    return { run, recorded, value, whole };
  });
  const recordedIn = new Map(
    [...groupBy(rows, ({ value }) => value)].map(([value, of]) => [
      value,
      new Set(of.map(({ recorded }) => recorded)).size,
    ]),
  );
  const leafOf = ({ value, recorded }: Row) =>
    recordedIn.get(value) === 1 ? value : partPath(value, recorded);
  return new Map(
    [...groupBy(rows, ({ run }) => run)].map(([run, of]) => [run, cellsOf(of, leafOf)] as const),
  );
}

function cellsOf(rows: readonly Row[], leafOf: (row: Row) => string): Cell[] {
  return [...groupBy(rows, leafOf)]
    .map(([leaf, of]) => {
      const { value, recorded } = of[0]!;
      return { leaf, value, recorded, amount: of.reduce((sum, { whole }) => sum + amountOf(whole), 0) };
    })
    .toSorted((one, other) => byText(one.leaf, other.leaf));
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
