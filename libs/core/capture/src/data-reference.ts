import { isUtf8 } from 'node:buffer';
import { referencedDigest } from '@tributary/blobs';
import { isTelemetry } from '@tributary/contracts';
import type { Envelope, FactType } from '@tributary/contracts';
import { findFlaw, isJsonObject } from '@tributary/json';
import type { JsonBounds, JsonFlaw } from '@tributary/json';
import { reject, rejectAt, rejectViolation } from './rejection.ts';
import type { Refused } from './rejection.ts';

/** An event whose envelope is valid and whose content is still to be checked. */
export type Candidate = {
  readonly event: Envelope;
  readonly type: FactType;
  readonly bytes: number;
  /** The text without the arrays of numbers that are known to be exact. */
  readonly rest: Buffer;
  readonly bounds: JsonBounds;
  readonly flaw: () => JsonFlaw | undefined;
};

export type ResolvedReference = { readonly ok: true; readonly candidate: Candidate } | Refused;

/**
 * An event whose data is in a blob, as if it had arrived with its data, so that a fact has one form however it was sent.
 * Refuses with `invalid_envelope` two digests that differ and a reference from telemetry, with `unknown_blob` a blob
 * that is not stored, with `invalid_json` content that is no JSON object.
 */
export function resolveReference(candidate: Candidate, content: Buffer | undefined): ResolvedReference {
  const { event, type, bytes, bounds } = candidate;
  const sha256 = referencedDigest(event);
  if (sha256 === undefined || event.dataref !== `urn:sha256:${sha256}`)
    return rejectAt('/dataref', 'invalid_envelope', 'dataref and datadigest name two digests', event.id);
  if (isTelemetry(type))
    return rejectAt('/dataref', 'invalid_envelope', 'telemetry is sent with its data', event.id);
  if (!content) {
    const message = `no blob has this digest; PUT its bytes to /v1/blobs/${sha256}, then send the event again`;
    return rejectViolation('unknown_blob', event, { pointer: '/datadigest', message });
  }
  const data = parsed(content);
  if (!data) return reject('invalid_json', `the blob ${sha256} is no JSON object in UTF-8`, event.id);
  const { dataref: _ref, datadigest: _digest, datasize: _size, ...attributes } = event;
  const flaw = () => candidate.flaw() ?? findFlaw(content, { inside: ['data'], bounds });
  const whole = { event: { ...attributes, data }, type, bounds, bytes: bytes + content.length };
  return { ok: true, candidate: { ...whole, rest: Buffer.alloc(0), flaw } };
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

/** Refuses a reference beside the data, because the two could disagree. */
export function misplacedReference(event: Envelope): Refused | undefined {
  if (event.dataref === undefined && event.datadigest === undefined && event.datasize === undefined)
    return undefined;
  const pointer = event.dataref === undefined ? '/datadigest' : '/dataref';
  const message = 'the event contains its data; leave out dataref, datadigest and datasize';
  return rejectAt(pointer, 'invalid_envelope', message, event.id);
}
