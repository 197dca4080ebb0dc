import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../folder.ts';
import { configOf } from '../manifest/config.ts';
import { addShardList, contentId, counted, splitNamed } from '../manifest/shard-list.ts';
import type { ListedShard, Shard } from '../manifest/shard-list.ts';
import { countOf, isMembers, listOf, membersOf, textOf } from '../manifest/shape.ts';
import type { Members } from '../manifest/shape.ts';
import type { Reading } from '../reading.ts';
import { sliceName } from '../slice-name.ts';

/** Shards of MosaicML streaming: an index.json beside them, or the state of a loader. */
export const mds = fileImporter({
  kind: 'mds',
  version: '1.0',
  looksFor: 'an index.json with shards that have samples and raw_data, or the state of a streaming loader',
  async recognise(file) {
    const root = membersOf(await file.json());
    if (!root) return undefined;
    if (isLoaderState(root)) return { confidence: 0.85, evidence: 'is the state of a streaming loader' };
    const shards = shardsIn(root);
    if (!shards) return undefined;
    return { confidence: 0.97, evidence: `lists ${shards.length} shards with samples and raw_data` };
  },
  readFile: readIndex,
});

const LOADER = ['epoch', 'sample_in_epoch', 'num_canonical_nodes', 'shuffle_seed'];

const isLoaderState = (root: Members): boolean => LOADER.every((key) => key in root);

function shardsIn(root: Members): readonly unknown[] | undefined {
  const shards = listOf(root['shards']);
  if (!shards || !('version' in root)) return undefined;
  const shaped = shards.filter(
    (shard) => isMembers(shard) && 'samples' in shard && dataOf(shard) !== undefined,
  );
  return shards.length === 0 || shaped.length * 2 > shards.length ? shards : undefined;
}

/** The file as it is stored: packed where it is. */
const dataOf = (shard: Members): Members | undefined =>
  membersOf(shard['zip_data']) ?? membersOf(shard['raw_data']);

async function readIndex(file: SourceFile, reading: Reading): Promise<void> {
  const root = membersOf(await file.json());
  if (root && isLoaderState(root)) {
    const why =
      'the state of a loader names no run and no dataset; the index.json of the dataset is what is imported';
    return reading.findings.leaveUnresolved(file.path, '', why);
  }
  const shards = root && shardsIn(root);
  if (!shards) return reading.findings.reject(file.path, '', 'holds no list of shards');
  const sha256 = await file.sha256();
  const folder = file.path.split('/').slice(0, -1);
  const name = folder.join('/') || 'mds';
  const snapshotId = contentId(name, sha256);
  const listed = shards.flatMap((shard, index) => {
    const pointer = `/shards/${index}`;
    const read = isMembers(shard) ? shardOf(shard, folder, snapshotId) : undefined;
    if (read) return [{ shard: read, pointer }];
    reading.findings.reject(file.path, pointer, 'the shard has no file name');
    return [];
  });
  tellHashes(file, shards, listed, reading);
  const config = configOf(formatOf(shards.filter(isMembers)));
  addShardList(reading, { sha256, pointer: '/shards' }, { snapshotId, name, ...config }, listed);
}

function shardOf(shard: Members, folder: readonly string[], snapshotId: string): Shard | undefined {
  const data = dataOf(shard);
  const basename = textOf(data?.['basename']);
  if (!data || basename === undefined) return undefined;
  const split = splitNamed(folder.at(-1) ?? '');
  const slice = sliceName((split === 'unknown' ? folder : folder.slice(0, -1)).join('/'));
  const digest = digestOf(membersOf(data['hashes']));
  return {
    shardId: `${snapshotId}/${basename}`.slice(0, 1024),
    uri: [...folder, basename].join('/').slice(0, 2048),
    slice,
    split,
    ...(digest && { digest }),
    ...counted('bytes', countOf(data['bytes']), 'declared'),
    ...counted('documents', countOf(shard['samples']), 'declared'),
  };
}

const ALGORITHMS = ['sha256', 'blake3', 'sha1', 'xxh64', 'md5'] as const;

/** The strongest digest that a shard may carry. */
function digestOf(hashes: Members | undefined): Shard['digest'] {
  for (const algorithm of ALGORITHMS) {
    const value = textOf(hashes?.[algorithm])?.toLowerCase();
    if (value !== undefined && /^[0-9a-f]{16,64}$/.test(value)) return { algorithm, value };
  }
  return undefined;
}

function tellHashes(
  file: SourceFile,
  shards: readonly unknown[],
  listed: readonly ListedShard[],
  { findings }: Reading,
) {
  const hashed = shards
    .filter(isMembers)
    .filter((shard) => Object.keys(membersOf(dataOf(shard)?.['hashes']) ?? {}).length > 0);
  const kept = listed.filter(({ shard }) => shard.digest);
  if (kept.length < hashed.length) findings.warn('hash_not_kept', file.path, hashed.length - kept.length);
}

/** What all shards share: columns, encodings, packing. */
function formatOf([first = {}, ...rest]: readonly Members[]): Members {
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
    const text = JSON.stringify(first[key]);
    return text !== undefined && rest.every((shard) => JSON.stringify(shard[key]) === text);
  });
  return Object.fromEntries(shared.map((key) => [key, first[key]]));
}
