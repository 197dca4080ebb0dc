import { groupBy, valueIn } from '@tributary/kernel';
import type { SourceFile } from '../files/folder.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { manifestColumns } from './columns.ts';
import type { ManifestColumns } from './columns.ts';
import { truncate, truncateName, preview } from '../facts/text.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';
import { addShardList, contentId, counted, splitNamed, stemOf } from '../facts/shard-list.ts';
import type { ListedShard, Shard } from '../facts/shard-list.ts';
import {
  looseCountIn,
  isObject,
  listIn,
  looseNumberIn,
  textIn,
  parsedJson,
} from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

export type ManifestRow = { readonly pointer: string; readonly values: JsonObject };

/** Adds the snapshot of a manifest, its shards and their numeric attributes. */
export async function readRows(
  file: SourceFile,
  rows: readonly ManifestRow[],
  collector: FactCollector,
  split: Shard['split'],
): Promise<void> {
  const columns = manifestColumns([...new Set(rows.flatMap(({ values }) => Object.keys(values)))]);
  if (!columns)
    return collector.findings.reject(
      file.path,
      '',
      'the manifest has no rows, or its columns are not those of a manifest',
    );
  const listed: (ListedShard & { attributes: JsonObject })[] = [];
  for (const { pointer, values } of rows) {
    const shard = shardOf(values, columns, split);
    const source = `${file.path}:${pointer.replace(/^\w+:/, '')}`;
    if (shard) {
      reportInvalidCells(values, columns, source, collector);
      listed.push({ shard, pointer, attributes: attributesOf(values, columns) });
    } else collector.findings.reject(source, columns.uri, 'the cell is empty: the row has no address');
  }
  const sha256 = await file.sha256();
  const name = stemOf(file.path);
  const snapshotId = contentId(name, sha256);
  addShardList(collector, { sha256, pointer: '' }, { snapshotId, name }, listed);
  addAttributes(collector, { sha256, pointer: '' }, listed);
}

function shardOf(values: JsonObject, columns: ManifestColumns, split: Shard['split']): Shard | undefined {
  const cell = (meaning: keyof ManifestColumns) => {
    const column = columns[meaning];
    return column === undefined ? undefined : valueIn(values, column);
  };
  const uri = textIn(cell('uri'));
  if (uri === undefined) return undefined;
  const digest = digestOf(cell('sha256'), cell('md5'));
  const tokenizer = textIn(cell('tokenizer'));
  const licence = textIn(cell('licence'));
  const own = splitNamed(textIn(cell('split')) ?? '');
  return {
    shardId: truncateName(uri, 1024),
    uri: truncate(uri, 2048),
    slice: sliceName(textIn(cell('source')) ?? ''),
    split: own === 'unknown' ? split : own,
    ...(digest && { digest }),
    ...counted('bytes', looseCountIn(cell('bytes')), 'declared'),
    ...counted('documents', looseCountIn(cell('documents')), 'declared'),
    ...counted('tokens', looseCountIn(cell('tokens')), 'declared'),
    ...(tokenizer !== undefined && { tokenizer: truncate(tokenizer, 256) }),
    ...(licence !== undefined && { licence: truncate(licence, 256) }),
  };
}

const HASH = { sha256: /^[0-9a-f]{64}$/i, md5: /^[0-9a-f]{32}$/i } as const;

function digestOf(sha256: unknown, md5: unknown): Shard['digest'] {
  const [strong = '', weak = ''] = [textIn(sha256), textIn(md5)];
  if (HASH.sha256.test(strong)) return { algorithm: 'sha256', value: strong.toLowerCase() };
  return HASH.md5.test(weak) ? { algorithm: 'md5', value: weak.toLowerCase() } : undefined;
}

/** Rejects cells that are not the count or hash that their column should hold. */
function reportInvalidCells(
  values: JsonObject,
  columns: ManifestColumns,
  source: string,
  { findings }: FactCollector,
): void {
  const wrong = (meaning: keyof ManifestColumns, fits: (value: unknown) => boolean, why: string) => {
    const column = columns[meaning];
    const value = column === undefined ? undefined : valueIn(values, column);
    const absent = value === undefined || value === null || value === '';
    if (column !== undefined && !absent && !fits(value))
      findings.reject(source, column, `"${preview(value)}" ${why}`);
  };
  const counts = (value: unknown) => looseCountIn(value) !== undefined;
  for (const meaning of ['bytes', 'documents', 'tokens', 'sequences'] as const)
    wrong(meaning, counts, 'is not a whole number');
  for (const meaning of ['sha256', 'md5'] as const)
    wrong(meaning, (value) => HASH[meaning].test(textIn(value) ?? ''), `is not a ${meaning} digest`);
}

/** The attributes of a row: an object, a list of key-value pairs as in Parquet, or JSON in a cell. */
function attributesOf(values: JsonObject, { attributes, sequences }: ManifestColumns): JsonObject {
  const counted = sequences === undefined ? {} : { [sequences]: looseCountIn(valueIn(values, sequences)) };
  return { ...mapIn(attributes === undefined ? undefined : valueIn(values, attributes)), ...counted };
}

function mapIn(cell: unknown): JsonObject {
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
  const parsed = typeof cell === 'string' ? parsedJson(cell) : undefined;
  return isObject(parsed) ? parsed : {};
}

function addAttributes(
  collector: FactCollector,
  origin: { sha256: string; pointer: string },
  listed: readonly (ListedShard & { attributes: JsonObject })[],
): void {
  const all = listed.flatMap(({ shard, attributes }) =>
    Object.entries(attributes).flatMap(([attribute, value]) => {
      const number = looseNumberIn(value);
      return number === undefined
        ? []
        : [{ attribute: attribute.toWellFormed(), ref: shard.shardId, value: number }];
    }),
  );
  for (const [attribute, entries] of groupBy(all, (entry) => entry.attribute)) {
    addAttributeValues(collector, origin, attribute, {
      attribute: truncateName(attribute, 256) || 'unknown',
      subjectKind: 'shard',
      instrument: { name: 'manifest' },
      method: 'declared',
      values: entries.map(({ ref, value }) => ({ ref, value })),
    });
  }
}
