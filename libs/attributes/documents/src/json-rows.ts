import { isJsonObject, tolerantJson } from '@tributary/json';
import { valueIn } from '@tributary/kernel';
import type { FieldKind, SeenFields } from './field.ts';
import { MAX_DOCUMENT_BYTES, MAX_ROW_BYTES, skipped } from './row.ts';
import type { Document, RawRow, SkippedRow } from './row.ts';

export type Members = Readonly<Record<string, unknown>>;

/** The document of a row of JSON: the text in one field of its object. */
export function documentOf(raw: RawRow, field: string): Document | SkippedRow {
  const members = membersOf(raw);
  if (!members.ok) return members.skipped;
  return documentIn(raw.row, valueIn(members.value, field), field);
}

/** A row of JSON as a document: the text of its object. */
export function wholeRow(raw: RawRow): Document | SkippedRow {
  const members = membersOf(raw);
  return members.ok ? documentIn(raw.row, raw.bytes && decoded(raw.bytes), '') : members.skipped;
}

/** The document that a field of a row holds, if its value is a text that is not too long. */
export function documentIn(row: number, value: unknown, field: string): Document | SkippedRow {
  if (value === undefined) return skipped(row, 'field_missing', `the row has no field ${field}`);
  if (typeof value !== 'string')
    return skipped(row, 'not_text', `the field ${field} holds ${kindOf(value)}, no text`);
  if (Buffer.byteLength(value) > MAX_DOCUMENT_BYTES)
    return skipped(row, 'document_too_long', `the text is longer than ${MAX_DOCUMENT_BYTES} bytes`);
  return { row, text: value };
}

/** Adds the fields of a row, if it is an object. */
export function seeFields(raw: RawRow, seen: Map<string, FieldKind>): SeenFields {
  const members = membersOf(raw);
  for (const [name, value] of members.ok ? Object.entries(members.value) : []) {
    const kind = fieldKind(value);
    if (kind === 'text' || (seen.get(name) ?? 'other') === 'other') seen.set(name, kind);
  }
  return seen;
}

function fieldKind(value: unknown): FieldKind {
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' && value !== null ? 'nested' : 'other';
}

export function membersOf({
  row,
  bytes,
}: RawRow):
  { readonly ok: true; readonly value: Members } | { readonly ok: false; readonly skipped: SkippedRow } {
  const refuse = (...why: [Parameters<typeof skipped>[1], string]) =>
    ({ ok: false, skipped: skipped(row, ...why) }) as const;
  if (bytes === undefined) return refuse('row_too_long', `the row is longer than ${MAX_ROW_BYTES} bytes`);
  const text = decoded(bytes);
  if (text === undefined) return refuse('invalid_utf8', 'the row is not UTF-8');
  if (text.trim() === '') return refuse('blank_row', 'the row is blank');
  const parsed = parsedJson(text);
  if (!parsed) return refuse('not_json', 'the row is not JSON');
  return isJsonObject(parsed.value)
    ? { ok: true, value: parsed.value }
    : refuse('not_an_object', `the row is ${kindOf(parsed.value)}, no object`);
}

/** The text of bytes in UTF-8; undefined if they are not. */
export function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: tolerantJson(text) };
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
