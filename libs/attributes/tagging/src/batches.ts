import type { SourceRow } from './measure-documents.ts';

const MAX_ROWS = 256;
const MAX_CHARACTERS = 1_000_000;

/** Rows in batches of at most 256, and of about a million characters. */
export async function* batched(rows: AsyncIterable<SourceRow>): AsyncGenerator<readonly SourceRow[]> {
  let batch: SourceRow[] = [];
  let characters = 0;
  for await (const row of rows) {
    batch.push(row);
    characters += 'code' in row ? 0 : row.text.length;
    if (batch.length < MAX_ROWS && characters < MAX_CHARACTERS) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}
