import { groupBy } from '@tributary/kernel';
import type { SourceFile } from '../folder.ts';
import { tolerantJson } from '../tolerant-json.ts';
import type { Reading } from '../reading.ts';
import { sliceName } from '../slice-name.ts';
import { manifestColumns } from './columns.ts';
import type { ManifestColumns } from './columns.ts';
import { atLeastOne } from './config.ts';
import { addShardList, contentId, counted, splitNamed, stemOf } from './shard-list.ts';
import type { ListedShard, Shard } from './shard-list.ts';
import { looseCountIn, isObject, listIn, looseNumberIn, textIn } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';

export type ManifestRow = { readonly pointer: string; readonly values: JsonObject };

const VALUES_A_FACT = 5000;

/** The snapshot that a manifest describes, its shards, and numeric attributes of them. */
export async function readRows(
  file: SourceFile,
  rows: readonly ManifestRow[],
  reading: Reading,
  split: Shard['split'],
): Promise<void> {
  const columns = manifestColumns(Object.keys(rows[0]?.values ?? {}));
  if (!columns) return reading.findings.reject(file.path, '', 'the manifest has no rows');
  const listed: (ListedShard & { attributes: JsonObject })[] = [];
  for (const { pointer, values } of rows) {
    const shard = shardOf(values, columns, split);
    if (shard) listed.push({ shard, pointer, attributes: attributesOf(values, columns) });
    else
      reading.findings.reject(
        `${file.path}:${pointer.replace(/^\w+:/, '')}`,
        columns.uri,
        'the row has no address',
      );
  }
  const sha256 = await file.sha256();
  const name = stemOf(file.path);
  const snapshotId = contentId(name, sha256);
  addShardList(reading, { sha256, pointer: '' }, { snapshotId, name }, listed);
  addAttributes(reading, { sha256, pointer: '' }, listed);
}

function shardOf(values: JsonObject, columns: ManifestColumns, split: Shard['split']): Shard | undefined {
  const cell = (meaning: keyof ManifestColumns) => {
    const column = columns[meaning];
    return column === undefined ? undefined : values[column];
  };
  const uri = textIn(cell('uri'));
  if (uri === undefined) return undefined;
  const sha256 = textIn(cell('sha256'))?.toLowerCase();
  const tokenizer = textIn(cell('tokenizer'));
  const licence = textIn(cell('licence'));
  const own = splitNamed(textIn(cell('split')) ?? '');
  return {
    shardId: uri.slice(0, 1024),
    uri: uri.slice(0, 2048),
    slice: sliceName(textIn(cell('source')) ?? ''),
    split: own === 'unknown' ? split : own,
    ...(sha256 !== undefined &&
      /^[0-9a-f]{64}$/.test(sha256) && { digest: { algorithm: 'sha256', value: sha256 } }),
    ...counted('bytes', looseCountIn(cell('bytes')), 'declared'),
    ...counted('documents', looseCountIn(cell('documents')), 'declared'),
    ...counted('tokens', looseCountIn(cell('tokens')), 'declared'),
    ...(tokenizer !== undefined && { tokenizer: tokenizer.slice(0, 256) }),
    ...(licence !== undefined && { licence: licence.slice(0, 256) }),
  };
}

/** A map, a list of keys and values as Parquet has it, or JSON in a cell. */
function attributesOf(values: JsonObject, { attributes }: ManifestColumns): JsonObject {
  const cell = attributes === undefined ? undefined : values[attributes];
  if (isObject(cell)) return cell;
  const list = listIn(cell);
  if (list) {
    return Object.fromEntries(
      list.filter(isObject).flatMap((entry) => {
        const key = textIn(entry['key']);
        return key === undefined ? [] : [[key, entry['value']]];
      }),
    );
  }
  try {
    const parsed = typeof cell === 'string' ? tolerantJson(cell) : undefined;
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function addAttributes(
  reading: Reading,
  origin: { sha256: string; pointer: string },
  listed: readonly (ListedShard & { attributes: JsonObject })[],
): void {
  const all = listed.flatMap(({ shard, attributes }) =>
    Object.entries(attributes).flatMap(([attribute, value]) => {
      const number = looseNumberIn(value);
      return number === undefined ? [] : [{ attribute, ref: shard.shardId, value: number }];
    }),
  );
  for (const [attribute, values] of groupBy(all, (entry) => entry.attribute)) {
    for (let first = 0; first < values.length; first += VALUES_A_FACT) {
      const chunk = atLeastOne(
        values.slice(first, first + VALUES_A_FACT).map(({ ref, value }) => ({ ref, value })),
      );
      if (!chunk) continue;
      reading.add(origin, `${attribute}|${first}`, {
        type: 'corpus.attribute.measured',
        data: {
          attribute: attribute.slice(0, 256),
          subjectKind: 'shard',
          instrument: { name: 'manifest' },
          method: 'declared',
          values: chunk,
        },
      });
    }
  }
}
