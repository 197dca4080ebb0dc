import { valueIn } from '@tributary/kernel';
import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { configOf, plainJson } from '../facts/config.ts';
import { addShardList, contentId, counted, splitNamed } from '../facts/shard-list.ts';
import type { ListedShard, Shard } from '../facts/shard-list.ts';
import { looseCountIn, isObject, listIn, objectIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { truncate, truncateName, preview } from '../facts/text.ts';

/** Datasets of MosaicML streaming: the index.json of their shards, or the state of a data loader. */
export const mds = fileImporter({
  kind: 'mds',
  version: '1.1',
  looksFor: 'an index.json with shards that have samples and raw_data, or the state of a streaming loader',
  async recognise(file) {
    const root = objectIn(await file.json());
    if (!root) return undefined;
    if (isLoaderState(root)) return { confidence: 0.85, evidence: 'is the state of a streaming loader' };
    const shards = shardsIn(root);
    if (!shards) return undefined;
    return { confidence: 0.97, evidence: `lists ${shards.length} shards with samples and raw_data` };
  },
  readFile: readIndex,
});

const LOADER_STATE_KEYS = ['epoch', 'sample_in_epoch', 'num_canonical_nodes', 'shuffle_seed'];

const isLoaderState = (root: JsonObject): boolean =>
  LOADER_STATE_KEYS.every((key) => Object.hasOwn(root, key));

function shardsIn(root: JsonObject): readonly unknown[] | undefined {
  const shards = listIn(root['shards']);
  if (!shards || !('version' in root)) return undefined;
  const shaped = shards.filter(
    (shard) => isObject(shard) && 'samples' in shard && dataOf(shard) !== undefined,
  );
  return shards.length === 0 || shaped.length > 0 ? shards : undefined;
}

/** The stored file of a shard, which is the compressed one if there is one. */
const dataOf = (shard: JsonObject): JsonObject | undefined =>
  objectIn(shard['zip_data']) ?? objectIn(shard['raw_data']);

async function readIndex(file: SourceFile, collector: FactCollector): Promise<void> {
  const root = objectIn(await file.json());
  if (root && isLoaderState(root)) {
    const why =
      'the state of a data loader names no run and no dataset; import the index.json of the dataset instead';
    return collector.findings.leaveUnresolved(file.path, '', why);
  }
  const shards = root && shardsIn(root);
  if (!shards) return collector.findings.reject(file.path, '', 'the file has no list "shards"');
  const sha256 = await file.sha256();
  const named = namedBy(file);
  const { name } = named;
  const snapshotId = contentId(name, sha256);
  const listed = shards.flatMap((shard, index) => {
    const pointer = `/shards/${index}`;
    const parsed = isObject(shard) ? shardOf(shard, named, snapshotId) : undefined;
    if (isObject(shard)) reportInvalidCounts(file, shard, pointer, collector);
    if (parsed) return [{ shard: parsed, pointer }];
    collector.findings.reject(file.path, pointer, 'the shard has no basename');
    return [];
  });
  reportDroppedHashes(file, shards, listed, collector);
  const config = configOf(formatOf(shards.filter(isObject)));
  addShardList(collector, { sha256, pointer: '/shards' }, { snapshotId, name, ...config }, listed);
}

type DatasetName = { readonly name: string; readonly slice: string; readonly split: Shard['split'] };

/**
 * A dataset is named by its folder and the one around it, since many are called `en` or `0` and an index without hashes says
 * only their sizes. One that is a split, such as `train` or `val_small`, belongs to the folders around it.
 */
function namedBy({ folders }: SourceFile): DatasetName {
  const folder = folders.at(-1) ?? '';
  const split = splitNamed(/^(train|val)[-_]/i.exec(folder)?.[1] ?? folder);
  const dataset = split === 'unknown' ? folders.slice(-2) : folders.slice(-3, -1);
  const parts = split === 'unknown' ? dataset : [...dataset, folder];
  return { name: parts.join('/') || 'mds', slice: sliceName(dataset.join('/') || 'mds'), split };
}

function shardOf(
  shard: JsonObject,
  { name, slice, split }: DatasetName,
  snapshotId: string,
): Shard | undefined {
  const data = dataOf(shard);
  const basename = textIn(data?.['basename']);
  if (!data || basename === undefined) return undefined;
  const digest = digestOf(objectIn(data['hashes']));
  return {
    shardId: truncateName(`${snapshotId}/${basename}`, 1024),
    uri: truncate(`${name}/${basename}`, 2048),
    slice,
    split,
    ...(digest && { digest }),
    ...counted('bytes', looseCountIn(data['bytes']), 'declared'),
    ...counted('documents', looseCountIn(shard['samples']), 'declared'),
  };
}

/** Rejects counts that are not whole numbers. */
function reportInvalidCounts(
  { path }: SourceFile,
  shard: JsonObject,
  pointer: string,
  { findings }: FactCollector,
): void {
  const counts = { samples: shard['samples'], bytes: dataOf(shard)?.['bytes'] };
  for (const [name, value] of Object.entries(counts)) {
    if (value === undefined || value === null || looseCountIn(value) !== undefined) continue;
    findings.reject(path, `${pointer}/${name}`, `"${preview(value)}" is not a whole number`);
  }
}

const ALGORITHMS = ['sha256', 'blake3', 'sha1', 'xxh64', 'md5'] as const;

/** The strongest known digest of a shard. */
function digestOf(hashes: JsonObject | undefined): Shard['digest'] {
  for (const algorithm of ALGORITHMS) {
    const value = textIn(hashes?.[algorithm])?.toLowerCase();
    if (value !== undefined && /^[0-9a-f]{16,64}$/.test(value)) return { algorithm, value };
  }
  return undefined;
}

function reportDroppedHashes(
  file: SourceFile,
  shards: readonly unknown[],
  listed: readonly ListedShard[],
  { findings }: FactCollector,
) {
  const hashed = shards
    .filter(isObject)
    .filter((shard) => Object.keys(objectIn(dataOf(shard)?.['hashes']) ?? {}).length > 0);
  const kept = listed.filter(({ shard }) => shard.digest);
  if (kept.length < hashed.length) findings.warn('hash_not_kept', file.path, hashed.length - kept.length);
}

/** The format members that are equal in all shards: columns, encodings, compression. */
function formatOf([first = {}, ...rest]: readonly JsonObject[]): JsonObject {
  const keys = [
    'format',
    'version',
    'compression',
    'column_names',
    'column_encodings',
    'column_sizes',
    'hashes',
  ];
  const shared = keys.filter((key) => {
    const text = JSON.stringify(plainJson(valueIn(first, key)));
    return (
      text !== undefined && rest.every((shard) => JSON.stringify(plainJson(valueIn(shard, key))) === text)
    );
  });
  return Object.fromEntries(shared.map((key) => [key, valueIn(first, key)]));
}
