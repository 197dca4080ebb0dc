import type { Attribute } from '@tributary/capture';

/** Names and values alternating, as they arrived (`rawHeaders` of Node). */
export type RawHeaders = readonly string[];

const PREFIX = 'ce-';

/** Whether a request carries an event's attributes as headers. */
export const isBinary = (headers: RawHeaders): boolean => attributesIn(headers).length > 0;

/** The attributes of an event in CloudEvents' binary mode over HTTP: they are headers, and the data is the body. */
export const decodedAttributes = (headers: RawHeaders): readonly Attribute[] =>
  attributesIn(headers).map(([name, raw]) => [name, decoded(raw)]);

function attributesIn(headers: RawHeaders): [name: string, value: string][] {
  const attributes: [string, string][] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    if (name.startsWith(PREFIX)) attributes.push([name.slice(PREFIX.length), headers[at + 1] ?? '']);
  }
  return attributes;
}

/** Unescapes a quoted string, then removes percent-encoding once (CloudEvents HTTP binding, 3.1.3.2). */
function decoded(raw: string): Attribute[1] {
  if (!/^[\x20-\x7e]*$/.test(raw)) return { text: raw, problem: 'what is not ASCII must be percent-encoded' };
  const text = /^".*"$/.test(raw) ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw;
  try {
    return { text: decodeURIComponent(text) };
  } catch {
    return { text, problem: 'the percent-encoding is broken, or is no UTF-8' };
  }
}
