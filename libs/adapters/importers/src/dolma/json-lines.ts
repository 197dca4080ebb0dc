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
const LINE_FEED = 10;

/** The objects of a JSONL file. The file is decoded line by line, because it can exceed the maximum string length. */
export async function* objectsIn(
  file: SourceFile,
  findings: Findings,
): AsyncGenerator<{ readonly line: number; readonly row: JsonObject }> {
  if (file.bytes > MAX_BYTES)
    return findings.reject(file.path, '', 'the file is larger than 1 GiB; split it and import the parts');
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
    else findings.reject(`${file.path}:${line + 1}`, '', 'the line is not a JSON object');
  }
}
