import { checkEnvelope, checkFact, factTypes, isFactType, isTelemetry, schemaOf, streamOf } from '@tributary/contracts';
import type { Envelope, FactType, SchemaViolation } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson, rfc3339 } from '@tributary/kernel';
import { needsStrictScan } from './exact-number.ts';
import { valueAt } from './rejection.ts';
import type { Rejection, RejectionCode } from './rejection.ts';
import type { Piece } from './split.ts';
import { findFlaw } from './strict-json.ts';

/** Largest event in bytes: CloudEvents' safe size, and more for telemetry, which comes in columns. */
export const MAX_EVENT_BYTES = 65_536;
export const MAX_TELEMETRY_BYTES = 1_048_576;

const DAY = 86_400_000_000;

export type Admission =
  | { readonly ok: true; readonly event: NewEvent }
  | { readonly ok: false; readonly rejection: Omit<Rejection, 'index'> };

/** Judges one event: parse, envelope, schema, exactness. `now` is in microseconds. */
export function admit(piece: Piece, now: number): Admission {
  if (piece.text === undefined) return reject('invalid_utf8', 'the bytes are not UTF-8');
  const parsed = parse(piece.text);
  if (!parsed.ok) return parsed;
  const checked = checkEnvelope(parsed.event);
  if (!checked.ok) return rejectViolation('invalid_envelope', parsed.event, checked.violation);
  const event = checked.envelope;
  if (!isFactType(event.type)) return rejectType(event);
  return rejectOddity(piece.text, event, event.type, now) ?? stamp(piece, event, event.type);
}

type Refused = Extract<Admission, { ok: false }>;

function parse(text: string): { ok: true; event: unknown } | Refused {
  try {
    return { ok: true, event: JSON.parse(text) };
  } catch (error) {
    if (/[:[,]\s*[-+]?(NaN|Infinity)\b/.test(text)) {
      return reject('not_finite', 'JSON has no NaN or Infinity; write null and name the value under nonfinite');
    }
    return reject('invalid_json', error instanceof Error ? error.message.slice(0, 200) : 'not JSON');
  }
}

function rejectType(event: Envelope): Admission {
  const sameContext = factTypes.filter((type) => type.startsWith(`${event.type.split('.')[0]}.`));
  const known = sameContext.length > 0 ? sameContext : factTypes;
  const message = `no such event type; known are ${known.join(', ')}`;
  return { ok: false, rejection: { code: 'unknown_type', message, pointer: '/type', ...found(event, '/type') } };
}

function rejectOddity(text: string, event: Envelope, type: FactType, now: number): Admission | undefined {
  if (event.dataschema && !event.dataschema.startsWith(majorOf(type))) {
    const message = `this server reads ${majorOf(type)}x`;
    const pointer = '/dataschema';
    return { ok: false, rejection: { code: 'unknown_version', message, pointer, ...found(event, pointer) } };
  }
  const limit = isTelemetry(type) ? MAX_TELEMETRY_BYTES : MAX_EVENT_BYTES;
  if (text.length > limit) return reject('event_too_large', `more than ${limit} bytes`, event.id);
  const violation = checkFact(type, event.data);
  if (violation) return rejectViolation('schema_violation', event, violation);
  const flaw = !isTelemetry(type) || needsStrictScan(text) ? findFlaw(text) : undefined;
  if (flaw) return { ok: false, rejection: { ...flaw, ...found(event, flaw.pointer) } };
  return isAhead(event.time, now) ? reject('clock_skew', 'time lies more than a day ahead', event.id) : undefined;
}

const majorOf = (type: FactType): string => schemaOf(type).replace(/\d+$/, '');

function isAhead(time: string | undefined, now: number): boolean {
  if (time === undefined || time.slice(0, 10) <= rfc3339(now).slice(0, 10)) return false;
  return Date.parse(time) * 1000 > now + DAY;
}

/** Telemetry is stored as it came. Every other fact is stored in canonical form, so that anybody can recompute its hash. */
function stamp(piece: Piece, event: Envelope, type: FactType): Admission {
  const bytes = isTelemetry(type) ? piece.bytes : Buffer.from(canonicalJson(event));
  const { source, id } = event;
  return { ok: true, event: { source, id, type, stream: streamOf(type, event.data), bytes, parsed: event } };
}

function reject(code: RejectionCode, message: string, id?: string): Refused {
  return { ok: false, rejection: { code, message, pointer: '', ...(id === undefined ? {} : { id }) } };
}

function rejectViolation(code: RejectionCode, event: unknown, violation: SchemaViolation): Admission {
  return { ok: false, rejection: { code, ...violation, ...found(event, violation.pointer) } };
}

/** What a reader needs to find the place: the value and, where it is readable, the id. */
function found(event: unknown, pointer: string): { value?: string; id?: string } {
  const value = valueAt(event, pointer);
  const id = valueAt(event, '/id');
  return { ...(value === undefined ? {} : { value }), ...(id === undefined ? {} : { id: id.replaceAll('"', '') }) };
}
