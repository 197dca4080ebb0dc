import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { objectIn, textIn, parsedJson } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** What the lines of a file are: documents `{id, text, source}` or attributes `{id, attributes}`. */
export function lineRole(head: string): 'documents' | 'attributes' | undefined {
  const [first = ''] = head.split('\n', 1);
  const row = objectIn(parsedJson(first));
  if (!row) return /^\{\s*"(id|source|text)"/.test(first) && isLongDocument(head) ? 'documents' : undefined;
  const identified = textIn(row['id']) !== undefined || typeof row['id'] === 'number';
  if (!identified) return undefined;
  if (typeof row['text'] === 'string' && textIn(row['source']) !== undefined) return 'documents';
  const others = Object.keys(row).filter((key) => !['id', 'source', 'attributes'].includes(key));
  const attributes = objectIn(row['attributes']);
  return attributes && others.length === 0 && Object.values(attributes).every(isMeasure)
    ? 'attributes'
    : undefined;
}

/** Whether the first document is longer than the head of the file. */
const isLongDocument = (head: string): boolean =>
  !head.includes('\n') && ['id', 'text', 'source'].filter((key) => head.includes(`"${key}":`)).length === 3;

const isMeasure = (value: unknown): boolean => typeof value === 'number' || Array.isArray(value);

const MAX_BYTES = 1024 * 1024 * 1024;

/** The bytes of the longest line that is read: the longest text of Node has four times as many. */
const MAX_LINE = 128 * 1024 * 1024;
const LINE_FEED = 10;

/**
 * The objects of a JSONL file. The file is read in parts and decoded line by line, because it can exceed the maximum string
 * length. Throws the faults and errors of `contentParts`.
 */
export async function* objectsIn(
  file: SourceFile,
  findings: Findings,
): AsyncGenerator<{ readonly line: number; readonly row: JsonObject }> {
  if (file.bytes > MAX_BYTES)
    return findings.reject(file.path, '', 'the file is larger than 1 GiB; split it and import the parts');
  let line = 0;
  for await (const bytes of linesOf(file.contentParts())) {
    line += 1;
    const text = bytes && new TextDecoder().decode(bytes);
    if (text?.trim() === '') continue;
    const row = text === undefined ? undefined : objectIn(parsedJson(text));
    const why = text === undefined ? 'the line is longer than 128 MiB' : 'the line is not a JSON object';
    if (row) yield { line, row };
    else findings.reject(`${file.path}:${line}`, '', why);
  }
}

/** The bytes of each line; undefined for one that is too long, of which nothing is held. */
async function* linesOf(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  const begun = { parts: [] as Uint8Array[], bytes: 0 };
  const add = (part: Uint8Array): void => {
    begun.bytes += part.length;
    if (begun.bytes > MAX_LINE) begun.parts = [];
    else begun.parts.push(part);
  };
  const ended = (): Uint8Array | undefined => {
    const line = begun.bytes > MAX_LINE ? undefined : Buffer.concat(begun.parts);
    Object.assign(begun, { parts: [], bytes: 0 });
    return line;
  };
  for await (const part of parts) {
    let start = 0;
    for (let end = part.indexOf(LINE_FEED); end >= 0; end = part.indexOf(LINE_FEED, start)) {
      add(part.subarray(start, end));
      yield ended();
      start = end + 1;
    }
    add(part.subarray(start));
  }
  if (begun.bytes > 0) yield ended();
}
