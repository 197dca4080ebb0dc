import { isUtf8 } from 'node:buffer';
import { referencedDigest } from '@tributary/blobs';
import { isTelemetry } from '@tributary/contracts';
import type { Envelope } from '@tributary/contracts';
import { findFlaw, isJsonObject } from '@tributary/json';
import type { Candidate } from './offer.ts';
import { reject, rejectAt, rejectViolation } from './rejection.ts';
import type { Refused } from './rejection.ts';

export type ResolvedReference = { readonly ok: true; readonly offer: Candidate } | Refused;

/** An event whose data is in a blob, as if it had come with it: a fact has one form, however it was sent. */
export function resolveReference(offer: Candidate, content: Buffer | undefined): ResolvedReference {
  const { event, type, bytes } = offer;
  const sha256 = referencedDigest(event);
  if (sha256 === undefined || event.dataref !== `urn:sha256:${sha256}`)
    return rejectAt('/dataref', 'invalid_envelope', 'dataref and datadigest name two digests', event.id);
  if (isTelemetry(type))
    return rejectAt('/dataref', 'invalid_envelope', 'telemetry comes with its data', event.id);
  if (!content) {
    const message = `no blob has this digest; PUT its bytes to /v1/blobs/${sha256}, then send the event again`;
    return rejectViolation('unknown_blob', event, { pointer: '/datadigest', message });
  }
  const data = parsed(content);
  if (!data) return reject('invalid_json', `the blob ${sha256} is no JSON object in UTF-8`, event.id);
  const { dataref: _ref, datadigest: _digest, datasize: _size, ...attributes } = event;
  const flaw = () => offer.flaw() ?? findFlaw(content, ['data']);
  return {
    ok: true,
    offer: {
      event: { ...attributes, data },
      type,
      bytes: bytes + content.length,
      rest: Buffer.alloc(0),
      flaw,
    },
  };
}

function parsed(content: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (!isUtf8(content)) return undefined;
  try {
    const data: unknown = JSON.parse(content.toString('utf8'));
    return isJsonObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** A claim beside the data would be a second truth. */
export function misplacedReference(event: Envelope): Refused | undefined {
  if (event.dataref === undefined && event.datadigest === undefined && event.datasize === undefined)
    return undefined;
  const pointer = event.dataref === undefined ? '/datadigest' : '/dataref';
  const message = 'data stands in the event itself; leave out dataref, datadigest and datasize';
  return rejectAt(pointer, 'invalid_envelope', message, event.id);
}
