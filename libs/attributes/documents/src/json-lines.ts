import { RowBytes } from './row-bytes.ts';
import type { RawRow } from './row.ts';

const LINE_FEED = 0x0a;

/** The lines of a file. A blank line is a row too, so that a row is always the number of its line less one. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  const bytes = new RowBytes();
  let row = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      bytes.add(chunk.subarray(start, end));
      yield { row, bytes: bytes.take() };
      row += 1;
      start = end + 1;
    }
    bytes.add(chunk.subarray(start));
  }
  if (!bytes.isEmpty) yield { row, bytes: bytes.take() };
}
