import { isUtf8 } from 'node:buffer';
import { splitArray } from '@tributary/json';

/** One event of a request, as it came. */
export type RawEvent = { readonly bytes: Buffer; readonly isUtf8: boolean };

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
export function split(body: Buffer, mode: Mode): RawEvent[] | undefined {
  switch (mode) {
    case 'structured':
      return [pieceOf(body)];
    case 'ndjson':
      return splitLines(body);
    case 'batch':
      return isUtf8(body) ? splitArray(body)?.map((bytes) => ({ bytes, isUtf8: true })) : undefined;
  }
}

const pieceOf = (bytes: Buffer): RawEvent => ({ bytes, isUtf8: isUtf8(bytes) });

const NEWLINE = 10;
const RETURN = 13;

function splitLines(body: Buffer): RawEvent[] {
  const pieces: RawEvent[] = [];
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

const lineOf = (bytes: Buffer, known: boolean): RawEvent =>
  known ? { bytes, isUtf8: true } : pieceOf(bytes);
