import { divided, ONE } from '@tributary/training';
import type { Consumption } from '@tributary/training';
import type { ShardLabel } from './shard-labels.ts';

export type Consumed = Consumption['amounts'][number];

/** Amounts of one unit that belong together; `name` is null where what they are grouped by is not recorded. */
export type Group = {
  readonly name: string | null;
  readonly shard: string;
  readonly unit: string;
  whole: bigint;
  inherited: bigint;
  readonly methods: Set<string>;
  /** Tokens consumed by shard; those that are the same data are one. */
  readonly ofShards: Map<string, bigint>;
  /** Every shard of the amounts. */
  readonly shards: Set<string>;
};

export type GroupedBy = 'shard' | 'source' | 'licence' | 'attribute';

/** Amounts by shard as groups. A histogram divides an amount over its buckets, and the parts add up to it. */
export function grouped(
  rows: readonly Consumed[],
  labels: ReadonlyMap<string, ShardLabel>,
  by: GroupedBy,
): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const label = labels.get(row.shard);
    const names = namesOf(row, label, by);
    const weights = names.map(({ weight }) => weight);
    const wholes = divided(row.whole, weights, row.unit);
    const inherited = divided(row.whole_inherited, weights, row.unit);
    for (const [index, { name }] of names.entries())
      add(groups, row, { name, by, label, whole: wholes[index] ?? 0n, inherited: inherited[index] ?? 0n });
  }
  return [...groups.values()].toSorted((left, right) => descending(left.whole, right.whole));
}

type Part = {
  readonly name: string | null;
  readonly by: GroupedBy;
  readonly label: ShardLabel | undefined;
  readonly whole: bigint;
  readonly inherited: bigint;
};

function add(groups: Map<string, Group>, row: Consumed, { name, by, label, whole, inherited }: Part): void {
  const address = label?.address ?? row.shard;
  const shard = by === 'shard' ? address : '';
  const key = JSON.stringify([name, shard, row.unit]);
  const group = groups.get(key) ?? {
    name,
    shard,
    unit: row.unit,
    whole: 0n,
    inherited: 0n,
    methods: new Set<string>(),
    ofShards: new Map<string, bigint>(),
    shards: new Set<string>(),
  };
  groups.set(key, group);
  group.whole += whole;
  group.inherited += inherited;
  for (const method of row.methods.split(',')) group.methods.add(method);
  if (row.shard !== '') group.shards.add(row.shard);
  if (row.unit === 'token' && row.shard !== '')
    group.ofShards.set(address, (group.ofShards.get(address) ?? 0n) + row.whole);
}

type Named = { readonly name: string | null; readonly weight: number };

function namesOf(row: Consumed, label: ShardLabel | undefined, by: GroupedBy): Named[] {
  if (by === 'shard') return [{ name: row.slice_name, weight: 1 }];
  return partsOf(label, by);
}

/** What an amount of a shard is divided over: one name, or the buckets of a histogram with their weights. */
export function partsOf(label: ShardLabel | undefined, by: 'source' | 'licence' | 'attribute'): Named[] {
  if (by !== 'attribute') return [{ name: label?.[by] ?? null, weight: 1 }];
  const buckets = label?.buckets ?? [];
  const [only] = buckets;
  if (only && only[0] === '') return [{ name: String(only[1]), weight: 1 }];
  const positive = buckets.filter(([, weight]) => weight > 0 && Number.isFinite(weight));
  if (positive.length === 0) return [{ name: null, weight: 1 }];
  return positive.map(([name, weight]) => ({ name, weight }));
}

/** Tokens consumed of the shards of known size, divided by their tokens; null where none is known. */
export function repetitionOf({ ofShards }: Group, labels: ReadonlyMap<string, ShardLabel>): number | null {
  let consumed = 0n;
  let size = 0;
  for (const [shard, whole] of ofShards) {
    const tokens = labels.get(shard)?.tokens ?? 0;
    if (tokens > 0) [consumed, size] = [consumed + whole, size + tokens];
  }
  return size === 0 ? null : Number(consumed) / Number(ONE) / size;
}

const descending = (left: bigint, right: bigint): number => (left > right ? -1 : Number(left < right));
