import { groupBy } from '@tributary/kernel';
import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from './imported-event.ts';
import type { FactCollector } from './fact-collector.ts';
import { limitedChunks } from './chunks.ts';
import type { SourceFile } from '../files/folder.ts';
import { truncate, truncateName } from './text.ts';

export type Shard = FactCatalogue['corpus.shard.registered'];
export type Snapshot = FactCatalogue['corpus.snapshot.registered'];
export type Counted = NonNullable<Shard['bytes']>;

/** A shard and where it is listed. */
export type ListedShard = { readonly shard: Shard; readonly label?: string; readonly pointer: string };

type SnapshotTotals = Pick<Snapshot, 'bytes' | 'documents' | 'tokens'>;

const MEMBERS_A_FACT = 5000;

/**
 * Adds a dataset version that consists of shards: the snapshot with its totals, its members, and each shard once. A
 * shard that is listed again counts as repeated.
 */
export function addShardList(
  collector: FactCollector,
  origin: Origin,
  snapshot: Snapshot,
  listed: readonly ListedShard[],
): void {
  const { snapshotId } = snapshot;
  collector.add(origin, snapshotId, {
    type: 'corpus.snapshot.registered',
    data: { ...totalsOf(listed), ...snapshot },
  });
  const members = [...groupBy(listed, ({ shard }) => shard.shardId).values()];
  let firstIndex = 0;
  for (const chunk of limitedChunks(members.flatMap(memberOf), { items: MEMBERS_A_FACT })) {
    const data = { snapshotId, firstIndex, members: chunk };
    collector.add(origin, `${snapshotId}|${firstIndex}`, { type: 'corpus.members.listed', data });
    firstIndex += chunk.length;
  }
  for (const [first, ...again] of members) {
    if (!first) continue;
    reportDifferences(first, again, collector);
    const shardOrigin = { sha256: origin.sha256, pointer: first.pointer };
    collector.add(shardOrigin, `${first.shard.shardId}|${first.shard.split}`, {
      type: 'corpus.shard.registered',
      data: first.shard,
    });
  }
}

function reportDifferences(
  first: ListedShard,
  again: readonly ListedShard[],
  { findings }: FactCollector,
): void {
  const expected = JSON.stringify(first.shard);
  const other = again.find(({ shard }) => JSON.stringify(shard) !== expected);
  if (!other) return;
  const example = `${first.shard.shardId}: ${other.pointer} differs from ${first.pointer}, which was imported`;
  findings.warn('shard_listed_differently', example);
}

function memberOf(listings: readonly ListedShard[]) {
  const [first] = listings;
  if (!first) return [];
  const { shard, label } = first;
  const named = label === undefined ? {} : { label: truncate(label, 512) };
  return [{ shardId: shard.shardId, slice: shard.slice, repeats: listings.length, ...named }];
}

/** A total exists only if every shard states the number. Its method is the weakest of theirs. */
function totalsOf(listed: readonly ListedShard[]): SnapshotTotals {
  const total = (key: 'bytes' | 'documents' | 'tokens') => {
    const sum = summed(listed.map(({ shard }) => shard[key]));
    return sum === undefined ? {} : { [key]: sum };
  };
  return { ...total('bytes'), ...total('documents'), ...total('tokens') };
}

const WEAKEST_FIRST = ['sampled', 'inferred', 'declared', 'reported', 'measured'] as const;

function summed(counts: readonly (Counted | undefined)[]): Counted | undefined {
  const known = counts.filter((count) => count !== undefined);
  if (known.length === 0 || known.length < counts.length) return undefined;
  const value = known.reduce((sum, count) => sum + count.value, 0);
  const method = WEAKEST_FIRST.find((candidate) => known.some((count) => count.method === candidate));
  return Number.isSafeInteger(value) ? { value, method: method ?? 'declared' } : undefined;
}

/** The count as a member of the given name; no member if the count is unknown. */
export const counted = <Name extends string>(
  name: Name,
  value: number | undefined,
  method: Counted['method'],
): Partial<Record<Name, Counted>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one member, named by the caller
  (value === undefined ? {} : { [name]: { value, method } }) as Partial<Record<Name, Counted>>;

/** An id made of name and content: equal bytes with the same name are the same version of a dataset. */
export const contentId = (name: string, sha256: string): string =>
  `${truncateName(name, 200)}@${sha256.slice(0, 12)}`;

/**
 * The folders of a file from the dataset on, of which the part `part` lies in a folder of that name: `web/documents/part-0`. Where
 * no folder has it, the innermost is the dataset.
 */
export function foldersOfDataset({ folders }: SourceFile, part: string): readonly string[] {
  const at = folders.lastIndexOf(part);
  return at < 0 ? folders.slice(-1) : folders.slice(Math.max(at - 1, 0));
}

const EXTENSION = /^\.(csv|tsv|json|jsonl|ndjson|yaml|yml|txt|sh|log|parquet|npy|idx|gz)$/i;

/** The file name in a path without its extensions. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  let end = name.length;
  let dot = name.lastIndexOf('.');
  while (dot >= 0 && EXTENSION.test(name.slice(dot, end))) {
    end = dot;
    dot = name.lastIndexOf('.', end - 1);
  }
  return name.slice(0, end) || name;
}

const HELD_OUT = /^(val|valid|validation|test|eval|dev|held[-_]?out)$/i;

/** The split that the name of a folder or column stands for. */
export function splitNamed(name: string): Shard['split'] {
  if (/^(train|training)$/i.test(name)) return 'train';
  return HELD_OUT.test(name) ? 'held_out' : 'unknown';
}
