import type { Blobs } from '@tributary/blobs';
import { groupBy } from '@tributary/kernel';
import type { MegatronIndex, SampleDocument } from '@tributary/training';
import { blobParts, notKept } from './blob-files.ts';
import { sourceRow } from './source-row.ts';
import type { SourceRow } from './source-row.ts';

/** Source rows by corpus and document, and why some are not known that the order names a file for. */
export type SourceRows = {
  readonly of: (document: SampleDocument) => SourceRow | undefined;
  readonly lacking: readonly string[];
};

/** Reads the source rows of documents from the files that the order names for their corpora. */
export async function sourceRows(
  blobs: Pick<Blobs, 'readRange' | 'bytesOf'>,
  { corpora }: MegatronIndex,
  documents: readonly SampleDocument[],
): Promise<SourceRows> {
  const found = new Map<number, ReadonlyMap<number, SourceRow>>();
  const lacking: string[] = [];
  for (const [corpus, own] of groupBy(documents, (document) => document.corpus)) {
    const sha256 = corpora[corpus]?.rows;
    if (sha256 === undefined) continue;
    const rows = await rowsIn(blobs, sha256, [...new Set(own.map(({ document }) => document))]);
    if (typeof rows === 'string') lacking.push(`the source rows of ${corpora[corpus]?.path ?? ''}: ${rows}`);
    else found.set(corpus, rows);
  }
  return { of: ({ corpus, document }) => found.get(corpus)?.get(document), lacking };
}

async function rowsIn(
  blobs: Pick<Blobs, 'readRange' | 'bytesOf'>,
  sha256: string,
  documents: readonly number[],
): Promise<ReadonlyMap<number, SourceRow> | string> {
  const file = blobParts(blobs, sha256);
  if (!file) return notKept(sha256);
  const { parquetRows } = await import('@tributary/importers');
  const rows = await parquetRows(file, ['parquet_path', 'parquet_row'], documents);
  if (typeof rows === 'string') return rows;
  const absent = documents.find((document) => !rows.has(document));
  if (absent !== undefined) return `the file has no row ${absent}`;
  const found = new Map<number, SourceRow>();
  for (const [document, row] of rows) {
    const source = sourceRow(row);
    if (!source) return `the file names no path and row of document ${document}`;
    found.set(document, source);
  }
  return found;
}
