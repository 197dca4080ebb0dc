import {
  checkEnvelope,
  checkFact,
  factTypes,
  isFactType,
  isTelemetry,
  schemaOf,
  streamOf,
} from '@tributary/contracts';
import type { Envelope, FactType, SchemaViolation } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson, rfc3339 } from '@tributary/kernel';
import { needsStrictScan } from './exact-number.ts';
import { parseLong } from './long-event.ts';
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

/** Judges one event: parse, envelope, schema, exactness. `latest` is the last time it may claim, as UTC text. */
export function admit(piece: Piece, latest: string): Admission {
  if (!piece.isUtf8) return reject('invalid_utf8', 'the bytes are not UTF-8');
  const parsed = parse(piece.bytes);
  if (!parsed.ok) return parsed;
  const checked = checkEnvelope(parsed.event);
  if (!checked.ok) return rejectViolation('invalid_envelope', parsed.event, checked.violation);
  const event = checked.envelope;
  if (!isFactType(event.type)) return rejectType(event);
  return rejectOddity(parsed, event, event.type, latest) ?? stamp(piece, event, event.type);
}

type Refused = Extract<Admission, { ok: false }>;

/** `rest` is the text without what is known to be exact. */
type Parsed = { readonly ok: true; readonly bytes: Buffer; readonly event: unknown; readonly rest: string };

function parse(bytes: Buffer): Parsed | Refused {
  const long = parseLong(bytes);
  return long ? { ok: true, bytes, ...long } : parseText(bytes, bytes.toString('utf8'));
}

function parseText(bytes: Buffer, text: string): Parsed | Refused {
  try {
    return { ok: true, bytes, event: JSON.parse(text), rest: text };
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

function rejectType(event: Envelope): Admission {
  const sameContext = factTypes.filter((type) => type.startsWith(`${event.type.split('.')[0]}.`));
  const known = sameContext.length > 0 ? sameContext : factTypes;
  const message = `no such event type; known are ${known.join(', ')}`;
  return {
    ok: false,
    rejection: { code: 'unknown_type', message, pointer: '/type', ...found(event, '/type') },
  };
}

function rejectOddity(
  { bytes, rest }: Parsed,
  event: Envelope,
  type: FactType,
  latest: string,
): Admission | undefined {
  if (event.dataschema && !event.dataschema.startsWith(majorOf(type))) {
    const message = `this server reads ${majorOf(type)}x`;
    const pointer = '/dataschema';
    return { ok: false, rejection: { code: 'unknown_version', message, pointer, ...found(event, pointer) } };
  }
  const limit = isTelemetry(type) ? MAX_TELEMETRY_BYTES : MAX_EVENT_BYTES;
  if (bytes.length > limit) return reject('event_too_large', `more than ${limit} bytes`, event.id);
  const violation = checkFact(type, event.data);
  const flaw =
    violation || !isTelemetry(type) || needsStrictScan(rest) ? findFlaw(bytes.toString('utf8')) : undefined;
  if (flaw) return { ok: false, rejection: { ...flaw, ...found(event, flaw.pointer) } };
  if (violation) return rejectViolation('schema_violation', event, violation);
  return rejectTime(event, latest);
}

const majorOf = (type: FactType): string => schemaOf(type).replace(/\d+$/, '');

/** The last time that an event captured now may claim. */
export const latestTime = (now: number): string => rfc3339(now + DAY);

function rejectTime({ id, time }: Envelope, latest: string): Admission | undefined {
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
function stamp(piece: Piece, event: Envelope, type: FactType): Admission {
  const bytes = isTelemetry(type) ? piece.bytes : Buffer.from(canonicalJson(event));
  const { source, id } = event;
  return { ok: true, event: { source, id, type, stream: streamOf(type, event.data), bytes, parsed: event } };
}

const reject = (code: RejectionCode, message: string, id?: string): Refused =>
  rejectAt('', code, message, id);

function rejectAt(pointer: string, code: RejectionCode, message: string, id?: string): Refused {
  return { ok: false, rejection: { code, message, pointer, ...(id === undefined ? {} : { id }) } };
}

function rejectViolation(code: RejectionCode, event: unknown, violation: SchemaViolation): Admission {
  return { ok: false, rejection: { code, ...violation, ...found(event, violation.pointer) } };
}

/** What a reader needs to find the place: the value and, where it is readable, the id. */
function found(event: unknown, pointer: string): { value?: string; id?: string } {
  const value = valueAt(event, pointer);
  const id = valueAt(event, '/id');
  return {
    ...(value === undefined ? {} : { value }),
    ...(id === undefined ? {} : { id: id.replaceAll('"', '') }),
  };
}
