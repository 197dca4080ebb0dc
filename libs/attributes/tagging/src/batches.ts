import type { Document, SkippedRow } from '@tributary/documents';

const MAX_DOCUMENTS = 256;
const MAX_CHARACTERS = 1_000_000;

/** Documents in batches of at most 256 and about a million characters, each with the rows that were skipped among them. */
export async function* batched(
  rows: AsyncIterable<Document | SkippedRow>,
): AsyncGenerator<{ readonly documents: readonly Document[]; readonly skipped: readonly SkippedRow[] }> {
  let documents: Document[] = [];
  let skipped: SkippedRow[] = [];
  let characters = 0;
  for await (const row of rows) {
    if ('code' in row) skipped.push(row);
    else {
      documents.push(row);
      characters += row.text.length;
    }
    if (documents.length + skipped.length < MAX_DOCUMENTS && characters < MAX_CHARACTERS) continue;
    yield { documents, skipped };
    documents = [];
    skipped = [];
    characters = 0;
  }
  if (documents.length + skipped.length > 0) yield { documents, skipped };
}
