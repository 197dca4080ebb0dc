import { placeFromText, textOfPlace } from './traceparent.ts';

type Header = readonly [name: string, value: Uint8Array];

/** Ours first; the other is the attribute of a CloudEvent in binary mode. */
const NAMES = ['traceparent', 'ce_traceparent'];
/** A traceparent has 55 characters; later versions may have some more. */
const LONGEST = 256;

/** Headers by which a record carries its trace; none where there is none. */
export function recordHeadersOf(traceparent: string | undefined): readonly Header[] {
  const place = placeFromText(traceparent);
  return place ? [['traceparent', Buffer.from(textOfPlace(place))]] : [];
}

/** The first valid traceparent that the headers of a record hold. */
export function traceparentOfHeaders(headers: readonly Header[]): string | undefined {
  for (const name of NAMES) {
    for (const [other, value] of headers) {
      if (other !== name || value.length > LONGEST) continue;
      const place = placeFromText(Buffer.from(value).toString('latin1'));
      if (place) return textOfPlace(place);
    }
  }
  return undefined;
}
