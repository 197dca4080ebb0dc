import { isUtf8 } from 'node:buffer';
import { splitArray } from '@tributary/json';

/** The bytes of one event of a request, unparsed. */
export type RawEvent = { readonly bytes: Buffer; readonly isUtf8: boolean };

export type Mode = 'structured' | 'batch' | 'ndjson';

/** The media types that are read, longest prefix first, because modes are told apart by prefix (CloudEvents HTTP binding, 3). */
const MODES: readonly (readonly [string, Mode])[] = [
  ['application/cloudevents-batch+json', 'batch'],
  ['application/cloudevents+json', 'structured'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
];

export const acceptedMediaTypes: readonly string[] = MODES.map(([mediaType]) => mediaType);

/** The mode that a Content-Type stands for; undefined for any other. */
export const modeOf = (contentType: string): Mode | undefined =>
  MODES.find(([mediaType]) => contentType.toLowerCase().startsWith(mediaType))?.[1];

/**
 * The events of a body, and no more than one beyond `most`. A broken event does not affect the others. Undefined where a
 * batch is not a JSON array.
 */
export function split(body: Buffer, mode: Mode, most = Infinity): RawEvent[] | undefined {
  switch (mode) {
    case 'structured':
      return [rawEvent(body)];
    case 'ndjson':
      return splitLines(body, most);
    case 'batch':
      return isUtf8(body) ? splitArray(body, most)?.map((bytes) => ({ bytes, isUtf8: true })) : undefined;
  }
}

const rawEvent = (bytes: Buffer): RawEvent => ({ bytes, isUtf8: isUtf8(bytes) });

const NEWLINE = 10;
const RETURN = 13;

function splitLines(body: Buffer, most: number): RawEvent[] {
  const events: RawEvent[] = [];
  const wholeIsUtf8 = isUtf8(body);
  for (let start = 0; start < body.length && events.length <= most;) {
    const newline = body.indexOf(NEWLINE, start);
    const next = newline < 0 ? body.length : newline;
    const end = body[next - 1] === RETURN ? next - 1 : next;
    const line = body.subarray(start, end);
    if (end > start) events.push(wholeIsUtf8 ? { bytes: line, isUtf8: true } : rawEvent(line));
    start = next + 1;
  }
  return events;
}
