import {
  checkEnvelope,
  checkFact,
  factTypes,
  isFactType,
  isReadable,
  isTelemetry,
  majorIn,
  schemaOf,
  streamOf,
} from '@tributary/contracts';
import type { Envelope } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson, findFlaw, mayHaveFlaw, parseNumeric } from '@tributary/json';
import type { JsonFlaw } from '@tributary/json';
import { rfc3339 } from '@tributary/kernel';
import type { Candidate } from './offer.ts';
import { misplacedReference, resolveReference } from './data-reference.ts';
import { reject, rejectAt, rejectViolation, foundAt } from './rejection.ts';
import type { Refused } from './rejection.ts';
import type { RawEvent } from './split.ts';

/** Largest event in bytes. Telemetry comes in columns and stays in the log; what is long of the rest goes into blobs. */
export const MAX_EVENT_BYTES = 8 * 1_048_576;
export const MAX_TELEMETRY_BYTES = 1_048_576;

const DAY = 86_400_000_000;

export type Admission = { readonly ok: true; readonly event: NewEvent } | Refused;

/**
 * Judges one event: parse, envelope, schema, exactness. `latest` is the last time it may claim, as UTC text; `content`
 * is the blob that it lays claim to. Without one that is needed the refusal is `unknown_blob`, with the digest as value.
 */
export function admit(piece: RawEvent, latest: string, content?: Buffer): Admission {
  if (!piece.isUtf8) return reject('invalid_utf8', 'the bytes are not UTF-8');
  const parsed = parse(piece.bytes);
  if (!parsed.ok) return parsed;
  const checked = checkEnvelope(parsed.event);
  if (!checked.ok) return rejectViolation('invalid_envelope', parsed.event, checked.violation);
  const { envelope } = checked;
  if (!isFactType(envelope.type)) return rejectType(envelope);
  const flaw = (): JsonFlaw | undefined => findFlaw(piece.bytes);
  const offer = { event: envelope, type: envelope.type, bytes: piece.bytes.length, rest: parsed.rest, flaw };
  if (envelope.data !== undefined) return misplacedReference(envelope) ?? judge(offer, piece, latest);
  const redemption =
    content && content.length > MAX_EVENT_BYTES
      ? tooLarge(envelope, MAX_EVENT_BYTES)
      : resolveReference(offer, content);
  return redemption.ok ? judge(redemption.offer, piece, latest) : redemption;
}

type Parsed = { readonly ok: true; readonly event: unknown; readonly rest: Buffer };

function parse(bytes: Buffer): Parsed | Refused {
  const numeric = parseNumeric(bytes);
  return numeric ? { ok: true, event: numeric.value, rest: numeric.rest } : parseText(bytes);
}

function parseText(bytes: Buffer): Parsed | Refused {
  const text = bytes.toString('utf8');
  try {
    return { ok: true, event: JSON.parse(text), rest: bytes };
  } catch (error) {
    if (/[:[,]\s*[-+]?(NaN|Infinity)\b/.test(text)) {
      return reject(
        'not_finite',
        'JSON has no NaN or Infinity; write null and name the value under nonfinite',
      );
    }
    return reject('invalid_json', error instanceof Error ? error.message.slice(0, 200) : 'not JSON');
  }
}

function rejectType(event: Envelope): Refused {
  const sameContext = factTypes.filter((type) => type.startsWith(`${event.type.split('.')[0]}.`));
  const known = sameContext.length > 0 ? sameContext : factTypes;
  const message = `no such event type; known are ${known.join(', ')}`;
  return rejectViolation('unknown_type', event, { pointer: '/type', message });
}

function judge(offer: Candidate, piece: RawEvent, latest: string): Admission {
  return (
    rejectVersion(offer) ??
    rejectSize(offer) ??
    rejectContent(offer) ??
    rejectTime(offer.event, latest) ??
    stamp(piece, offer)
  );
}

function rejectVersion({ event, type }: Candidate): Refused | undefined {
  const major = majorIn(type, event.dataschema);
  if (major !== undefined && isReadable(type, major)) return undefined;
  const message = `no version of ${type} that this server reads; the newest is ${schemaOf(type)}`;
  return rejectViolation('unknown_version', event, { pointer: '/dataschema', message });
}

function rejectSize({ event, type, bytes }: Candidate): Refused | undefined {
  const limit = isTelemetry(type) ? MAX_TELEMETRY_BYTES : MAX_EVENT_BYTES;
  return bytes > limit ? tooLarge(event, limit) : undefined;
}

const tooLarge = ({ id }: Envelope, limit: number): Refused =>
  reject('event_too_large', `more than ${limit} bytes`, id);

function rejectContent({ event, type, rest, flaw }: Candidate): Refused | undefined {
  const violation = checkFact(type, event.data, majorIn(type, event.dataschema));
  const isSuspect = violation !== undefined || !isTelemetry(type) || mayHaveFlaw(rest, event);
  const seen = isSuspect ? flaw() : undefined;
  if (seen) return { ok: false, rejection: { ...seen, ...foundAt(event, seen.pointer) } };
  return violation && rejectViolation('schema_violation', event, violation);
}

/** The last time that an event captured now may claim. */
export const latestTime = (now: number): string => rfc3339(now + DAY);

function rejectTime({ id, time }: Envelope, latest: string): Refused | undefined {
  if (time === undefined || (time <= latest && ORDINARY.test(time))) return undefined;
  const claimed = Date.parse(time);
  if (Number.isNaN(claimed) || !isCalendarDay(time.slice(0, 10)))
    return rejectAt('/time', 'invalid_envelope', `time ${time} is on no calendar`, id);
  return claimed > Date.parse(latest)
    ? rejectAt('/time', 'clock_skew', 'time lies more than a day ahead', id)
    : undefined;
}

/** Date.parse takes the 31st of February for a day in March. */
const isCalendarDay = (date: string): boolean => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);

/** UTC on a day that every month has; such times compare as text. The others are left to Date.parse. */
const ORDINARY = /^....-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):.*Z$/;

/** Telemetry is stored as it came. Every other fact is stored in canonical form, so that anybody can recompute its hash. */
function stamp(piece: RawEvent, { event, type }: Candidate): Admission {
  const bytes = isTelemetry(type) ? piece.bytes : Buffer.from(canonicalJson(event));
  const { source, id, data = {} } = event;
  return { ok: true, event: { source, id, type, stream: streamOf(type, data), bytes, parsed: event } };
}
