import type { SourceFile } from '../files/folder.ts';
import { contentId, counted, foldersOfDataset } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { tokenRowsIn } from './token-rows.ts';
import { truncate } from '../facts/text.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';

export type FilesByPath = ReadonlyMap<string, SourceFile>;

const ITEM_BYTES = [1, 2, 4, 8];

/** The memory-mapped array that a list of documents describes. It has the same name with another extension. */
export const tokenFileFor = (rows: SourceFile, byPath: FilesByPath): SourceFile | undefined =>
  byPath.get(rows.path.replace(/\.csv(\.gz)?$/, '.npy'));

const uriOf = (rows: SourceFile): string =>
  [...foldersOfDataset(rows, 'tokens'), rows.name.replace(/\.csv(\.gz)?$/, '.npy')].join('/');

/** The id of the shard that a list of documents describes. */
export const tokenShardId = async (rows: SourceFile): Promise<string> =>
  contentId(uriOf(rows), await rows.sha256());

/** Adds a shard of tokens with the number of tokens by source. The array has no header, so its length must match. */
export async function readTokenFile(
  file: SourceFile,
  npy: SourceFile | undefined,
  collector: FactCollector,
): Promise<void> {
  const { findings } = collector;
  const rows = tokenRowsIn(await file.text());
  for (const { line, reason } of rows.rejected) findings.reject(`${file.path}:${line}`, '', reason);
  if (rows.documents === 0) return findings.warn('file_empty', file.path);
  if (rows.gapAt !== undefined) {
    findings.warn(
      'documents_not_adjacent',
      `${file.path}:${rows.gapAt}: the document does not start where the previous one ends`,
    );
  }
  const width = npy && ITEM_BYTES.find((bytes) => npy.bytes === bytes * rows.end);
  if (npy && width === undefined) {
    const example = `${npy.path} has ${npy.bytes} bytes, which does not match ${rows.end} tokens of 1, 2, 4 or 8 bytes`;
    findings.warn('tokens_do_not_fit_bytes', example);
  }
  const sha256 = await file.sha256();
  const shardId = await tokenShardId(file);
  const array = await npy?.sha256();
  collector.add({ sha256, pointer: '' }, `${shardId}|${array ?? ''}`, {
    type: 'corpus.shard.registered',
    data: {
      shardId,
      uri: truncate(uriOf(file), 2048),
      slice: sliceName(foldersOfDataset(file, 'tokens')[0] ?? ''),
      split: 'unknown',
      ...(array !== undefined && { digest: { algorithm: 'sha256', value: array } }),
      ...counted('bytes', npy?.bytes, 'measured'),
      ...counted('documents', rows.documents, 'measured'),
      ...counted('tokens', rows.tokens, 'measured'),
    },
  });
  const values = [...rows.bySource].map(([source, value]) => ({
    ref: shardId,
    bucket: truncate(source, 512) || 'unknown',
    value,
  }));
  addAttributeValues(collector, { sha256, pointer: '' }, shardId, {
    attribute: 'tokens_by_source',
    subjectKind: 'shard',
    instrument: { name: 'dolma' },
    unit: 'tokens',
    method: 'measured',
    values,
  });
}
