/** One event as JSON text, and where it stood. */
export type SourceLine = { readonly text: string; readonly source: string };

const MAX_EVENTS = 1000;
const MAX_BYTES = 1_000_000;

/** Batches of at most 1,000 events and, unless one event alone is larger, one megabyte. */
export async function* batched(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
): AsyncGenerator<SourceLine[]> {
  let batch: SourceLine[] = [];
  let bytes = 0;
  for await (const line of lines) {
    const size = Buffer.byteLength(line.text) + 1;
    if (batch.length === MAX_EVENTS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
