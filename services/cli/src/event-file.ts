import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { eventTypeIn, readInParts, unpackedParts } from '@tributary/importers';
import { Fault } from '@tributary/kernel';
import type { SourceLine } from './append.ts';

const MIB = 1024 * 1024;

/** Characters of a line: an event has at most 64 MiB, however a server is configured. */
const MAX_LINE = 64 * MIB;

/** Characters within which the first event of a file begins and ends. */
const MAX_HEAD = MAX_LINE + MIB;

/**
 * The non-empty lines of a file with their numbers. A name that ends in `.gz` means gzip. Throws Fault `line_too_long`,
 * `gzip_too_large`, `gzip_ends_early` after the last line where more bytes follow, and the error of zlib for gzip that is
 * broken or truncated.
 */
export async function* linesOf(path: string, inflationRatio?: number): AsyncGenerator<SourceLine> {
  for await (const { text, line } of linesIn(path, await partsOf(path, inflationRatio)))
    if (text.trim() !== '') yield { text, source: `${path}:${line}` };
}

async function partsOf(path: string, inflationRatio?: number): Promise<AsyncIterable<Uint8Array>> {
  const parts = (): AsyncIterable<Uint8Array> => createReadStream(path);
  if (!path.endsWith('.gz')) return parts();
  return unpackedParts(
    { path, bytes: (await stat(path)).size, parts },
    { limits: readInParts(inflationRatio), isTruncatedRead: false },
  );
}

type NumberedLine = { readonly text: string; readonly line: number };

async function* linesIn(path: string, parts: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let line = 1;
  let begun: string[] = [];
  let length = 0;
  const ended = (rest: string): NumberedLine => {
    const text = begun.join('') + rest;
    [begun, length] = [[], 0];
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, line: line++ };
  };
  for await (const part of parts) {
    const ends = decoder.decode(part, { stream: true }).split('\n');
    const last = ends.pop() ?? '';
    for (const end of ends) yield ended(end);
    begun.push(last);
    length += last.length;
    if (length > MAX_LINE) throw lineTooLong(path, line);
  }
  yield ended(decoder.decode());
}

const lineTooLong = (path: string, line: number): Fault =>
  new Fault(
    'line_too_long',
    `${path}:${line}: the line has more than ${MAX_LINE} characters, which no event has; name a file with one event in each line`,
  );

/** Whether a path is a file whose first line is a CloudEvent. No more is read of a file than such a line can have. */
export async function holdsEvents(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  try {
    for await (const { text } of linesIn(path, upTo(MAX_HEAD, await partsOf(path))))
      if (text.trim() !== '') return eventTypeIn(text) !== undefined;
  } catch {
    return false;
  }
  return false;
}

/** The parts until there are more bytes than `most`. */
async function* upTo(most: number, parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of parts) {
    yield part;
    bytes += part.length;
    if (bytes > most) return;
  }
}
