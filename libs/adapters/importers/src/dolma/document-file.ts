import type { SourceFile } from '../files/folder.ts';
import { textIn } from '../files/untyped-values.ts';
import { truncate, truncateName, preview } from '../facts/text.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';
import { contentId, counted, foldersOfDataset } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { objectsIn } from './json-lines.ts';

type SourceTotals = { documents: number; bytes: number };

/** Adds a shard of documents with the number of documents and text bytes by source. No text is kept. */
export async function readDocuments(file: SourceFile, collector: FactCollector): Promise<void> {
  const bySource = new Map<string, SourceTotals>();
  const seen = new Set<string>();
  for await (const { line, row } of objectsIn(file, collector.findings)) {
    const [text, source] = [row['text'], textIn(row['source'])];
    if (typeof text !== 'string' || source === undefined) {
      collector.findings.reject(
        `${file.path}:${line}`,
        '',
        'the line is not a document: it needs the strings "text" and "source"',
      );
      continue;
    }
    const key = `${source} ${preview(row['id'])}`;
    if (seen.has(key)) collector.findings.warn('document_repeated', `${file.path}:${line}: ${key}`);
    seen.add(key);
    const totals = bySource.get(source) ?? { documents: 0, bytes: 0 };
    bySource.set(source, { documents: totals.documents + 1, bytes: totals.bytes + Buffer.byteLength(text) });
  }
  const documents = [...bySource.values()].reduce((sum, totals) => sum + totals.documents, 0);
  if (documents === 0) return collector.findings.warn('file_empty', file.path);
  const sha256 = await file.sha256();
  const origin = { sha256, pointer: '' };
  const folders = foldersOfDataset(file, 'documents');
  const uri = [...folders, file.name].join('/');
  const shardId = contentId(uri, sha256);
  collector.add(origin, shardId, {
    type: 'corpus.shard.registered',
    data: {
      shardId,
      uri: truncate(uri, 2048),
      slice: sliceName(folders[0] ?? ''),
      split: 'unknown',
      digest: { algorithm: 'sha256', value: sha256 },
      ...counted('bytes', file.bytes, 'measured'),
      ...counted('documents', documents, 'measured'),
    },
  });
  const shared = { subjectKind: 'shard', instrument: { name: 'dolma' }, method: 'measured' } as const;
  for (const [attribute, unit] of [
    ['documents_by_source', 'documents'],
    ['text_bytes_by_source', 'bytes'],
  ] as const) {
    const values = [...bySource].map(([source, totals]) => ({
      ref: shardId,
      bucket: truncateName(source, 512),
      value: totals[unit],
    }));
    addAttributeValues(collector, origin, `${shardId}|${attribute}`, { ...shared, attribute, unit, values });
  }
}
