import { isUtf8 } from 'node:buffer';
import { rejectAt } from './rejection.ts';
import type { Refused } from './rejection.ts';
import type { RawEvent } from './split.ts';

export type Bound = { readonly ok: true; readonly event: RawEvent } | Refused;

/** An attribute of an event, decoded from a header. */
export type Attribute = readonly [name: string, value: DecodedValue];

/** The text of a value, or why it cannot be decoded. */
type DecodedValue = { readonly text: string; readonly problem?: string };

/**
 * CloudEvents' binary mode: attributes beside the data. Returns the event as one text in which the data is unchanged. A
 * body that is not JSON is returned alone, so that it is refused as such. Each protocol decodes attributes in its own
 * way. Refuses with `invalid_envelope` an attribute that is repeated, forbidden, misnamed or not decoded.
 */
export function bindAttributes(decoded: readonly Attribute[], contentType: string, body: Buffer): Bound {
  const attributes = new Map<string, string>();
  for (const [name, value] of decoded) {
    const problem = attributes.has(name) ? 'the header occurs twice' : (problemOf(name) ?? value.problem);
    if (problem !== undefined) return rejectAt(`/${name}`, 'invalid_envelope', problem);
    attributes.set(name, value.text);
  }
  if (contentType !== '') attributes.set('datacontenttype', contentType);
  const text = JSON.stringify(Object.fromEntries(attributes));
  if (body.length === 0) return { ok: true, event: { bytes: Buffer.from(text), isUtf8: true } };
  if (!isJson(body)) return { ok: true, event: { bytes: body, isUtf8: isUtf8(body) } };
  const bytes = Buffer.concat([Buffer.from(`${text.slice(0, -1)},"data":`), body, Buffer.from('}')]);
  return { ok: true, event: { bytes, isUtf8: true } };
}

function problemOf(name: string): string | undefined {
  if (name === 'datacontenttype')
    return 'a header ce-datacontenttype is forbidden; Content-Type states the same';
  if (name === 'data') return 'the data is the body of the request and must not be a header';
  return /^[a-z0-9]{1,20}$/.test(name)
    ? undefined
    : 'no name of an attribute: it must have 1 to 20 letters and digits';
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return isUtf8(body);
  } catch {
    return false;
  }
}
