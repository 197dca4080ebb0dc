import { isUtf8 } from 'node:buffer';
import { endOfString } from './strict-json.ts';

/** One event of a request, as it came. */
export type Piece = { readonly bytes: Buffer; readonly isUtf8: boolean };

export type Mode = 'structured' | 'batch' | 'ndjson';

/** Media types we read, longest prefix first, as CloudEvents' HTTP binding tells modes apart. */
const MODES: readonly (readonly [string, Mode])[] = [
  ['application/cloudevents-batch+json', 'batch'],
  ['application/cloudevents+json', 'structured'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
];

export const acceptedMediaTypes: readonly string[] = MODES.map(([mediaType]) => mediaType);

export const modeOf = (contentType: string): Mode | undefined =>
  MODES.find(([mediaType]) => contentType.toLowerCase().startsWith(mediaType))?.[1];

/** The events of a body, each as it came. Undefined where a batch is not a JSON array. */
export function split(body: Buffer, mode: Mode): Piece[] | undefined {
  switch (mode) {
    case 'structured':
      return [pieceOf(body)];
    case 'ndjson':
      return splitLines(body);
    case 'batch':
      return isUtf8(body) ? splitArray(body.toString('utf8')) : undefined;
  }
}

const pieceOf = (bytes: Buffer): Piece => ({ bytes, isUtf8: isUtf8(bytes) });

const NEWLINE = 10;
const RETURN = 13;

function splitLines(body: Buffer): Piece[] {
  const pieces: Piece[] = [];
  const wholeIsUtf8 = isUtf8(body);
  for (let start = 0; start < body.length;) {
    const newline = body.indexOf(NEWLINE, start);
    const next = newline < 0 ? body.length : newline;
    const end = body[next - 1] === RETURN ? next - 1 : next;
    if (end > start) pieces.push(lineOf(body.subarray(start, end), wholeIsUtf8));
    start = next + 1;
  }
  return pieces;
}

const lineOf = (bytes: Buffer, known: boolean): Piece => (known ? { bytes, isUtf8: true } : pieceOf(bytes));

/** The elements of a JSON array, each with its own text, so that every mode judges an event alike. */
function splitArray(text: string): Piece[] | undefined {
  const array = text.trim();
  if (!array.startsWith('[') || !array.endsWith(']')) return undefined;
  const parts = elements(array.slice(1, -1));
  const isEmpty = parts.length === 1 && parts[0] === '';
  return isEmpty ? [] : parts.map((part) => ({ bytes: Buffer.from(part), isUtf8: true }));
}

/** Cuts at the commas that stand at depth 0 outside of strings. What is no JSON comes out as pieces that are none. */
function elements(inside: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < inside.length; at += 1) {
    const character = inside.charAt(at);
    if (character === '"') at = Math.max(at, endOfString(inside, at) - 1);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(inside.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, inside.slice(start).trim()];
}
