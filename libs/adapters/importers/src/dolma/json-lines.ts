import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { objectIn, textIn, parsedJson } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** What lines of a file are: `{id, text, source}`, or `{id, attributes}` beside them. */
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

/** A first line that goes on beyond what is looked at. */
const isLongDocument = (head: string): boolean =>
  !head.includes('\n') && ['id', 'text', 'source'].filter((key) => head.includes(`"${key}":`)).length === 3;

const isMeasure = (value: unknown): boolean => typeof value === 'number' || Array.isArray(value);

const MAX_BYTES = 1024 * 1024 * 1024;
const LINE_FEED = 10;

/** Objects of a file line by line, never as one text: such files are larger than a text may be. */
export async function* objectsIn(
  file: SourceFile,
  findings: Findings,
): AsyncGenerator<{ readonly line: number; readonly row: JsonObject }> {
  if (file.bytes > MAX_BYTES)
    return findings.reject(file.path, '', 'the file is larger than 1 GiB; import its parts');
  const bytes = await file.content();
  let line = 0;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    start = end + 1;
    if (text.trim() === '') continue;
    const row = objectIn(parsedJson(text));
    if (row) yield { line: line + 1, row };
    else findings.reject(`${file.path}:${line + 1}`, '', 'the line is no JSON object');
  }
}
