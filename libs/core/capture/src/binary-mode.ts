import { isUtf8 } from 'node:buffer';
import type { Rejection } from './rejection.ts';
import { rejectAt } from './rejection.ts';
import type { Refused } from './rejection.ts';
import type { Piece } from './split.ts';

/** Names and values as they stood in the request, in turns (`rawHeaders` of Node). */
export type Headers = readonly string[];

const PREFIX = 'ce-';

/** Whether a request brings an event's attributes as headers. */
export const isBinary = (headers: Headers): boolean => attributesIn(headers).length > 0;

export type Bound = { readonly ok: true; readonly piece: Piece } | Refused;

/**
 * CloudEvents' binary mode: attributes in headers, data in the body. The event as one text, its data as they came.
 * A body that is no JSON by itself is handed on alone, so that it can be nothing but refused.
 */
export const bindHeaders = (headers: Headers, contentType: string, body: Buffer): Bound =>
  bindAttributes(
    attributesIn(headers).map(([name, raw]) => [name, decoded(raw)]),
    contentType,
    body,
  );

/** An attribute as a header brought it. */
export type Attribute = readonly [name: string, value: Decoded];

/** The same for attributes whose values are decoded already; each protocol writes them in its own way. */
export function bindAttributes(brought: readonly Attribute[], contentType: string, body: Buffer): Bound {
  const attributes = new Map<string, string>();
  for (const [name, value] of brought) {
    const problem = attributes.has(name) ? 'the header stands twice' : (problemOf(name) ?? value.problem);
    if (problem !== undefined) return rejectAt(`/${name}`, 'invalid_envelope', problem);
    attributes.set(name, value.text);
  }
  if (contentType !== '') attributes.set('datacontenttype', contentType);
  const text = JSON.stringify(Object.fromEntries(attributes));
  if (body.length === 0) return { ok: true, piece: { bytes: Buffer.from(text), isUtf8: true } };
  if (!isJson(body)) return { ok: true, piece: { bytes: body, isUtf8: isUtf8(body) } };
  const bytes = Buffer.concat([Buffer.from(`${text.slice(0, -1)},"data":`), body, Buffer.from('}')]);
  return { ok: true, piece: { bytes, isUtf8: true } };
}

function attributesIn(headers: Headers): [name: string, value: string][] {
  const attributes: [string, string][] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    if (name.startsWith(PREFIX)) attributes.push([name.slice(PREFIX.length), headers[at + 1] ?? '']);
  }
  return attributes;
}

function problemOf(name: string): Rejection['message'] | undefined {
  if (name === 'datacontenttype') return 'Content-Type says it; a header ce-datacontenttype is forbidden';
  if (name === 'data') return 'data is the body of the request';
  return /^[a-z0-9]{1,20}$/.test(name) ? undefined : 'no name of an attribute: 1 to 20 letters and digits';
}

/** The text of a value, or why it has none. */
export type Decoded = { readonly text: string; readonly problem?: string };

/** A quoted string is unescaped, then percent-encoding is taken off once (CloudEvents HTTP binding, 3.1.3.2). */
function decoded(raw: string): Decoded {
  if (!/^[\x20-\x7e]*$/.test(raw)) return { text: raw, problem: 'what is not ASCII must be percent-encoded' };
  const text = /^".*"$/.test(raw) ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw;
  try {
    return { text: decodeURIComponent(text) };
  } catch {
    return { text, problem: 'the percent-encoding is broken, or is no UTF-8' };
  }
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return isUtf8(body);
  } catch {
    return false;
  }
}
