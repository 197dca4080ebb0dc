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
import { misplacedReference, resolveReference } from './data-reference.ts';
import type { Candidate } from './data-reference.ts';
import type { Actor } from './http/actor.ts';
import { CONTENT_LIMITS } from './http/content-limits.ts';
import type { EventLimits } from './http/content-limits.ts';
import { metLimit } from './http/limit-keys.ts';
import { rejectOthers } from './named-people.ts';
import { foundAt, reject, rejectAt, rejectViolation } from './rejection.ts';
import type { Refused } from './rejection.ts';
import type { RawEvent } from './split.ts';

const DAY = 86_400_000_000;

type Given = {
  readonly content?: Buffer | undefined;
  readonly by?: Actor | undefined;
  readonly limits?: EventLimits | undefined;
};

export type Admission = { readonly ok: true; readonly event: NewEvent } | Refused;

/**
 * Validates one event: JSON, envelope, schema, exactness of numbers, time. `latest` is the last time that it may state,
 * RFC 3339 in UTC; `content` is the blob that it refers to, and `by` who sends it where callers are authenticated.
 * `limits` are the standard ones where they are absent. Refuses with every code of RejectionCode; with `unknown_blob`, and the digest as value, where the content is needed and was not given.
 */
export function admit(
  raw: RawEvent,
  latest: string,
  { content, by, limits = CONTENT_LIMITS }: Given = {},
): Admission {
  if (!raw.isUtf8) return reject('invalid_utf8', 'the bytes are not UTF-8');
  const parsed = parse(raw.bytes);
  if (!parsed.ok) return parsed;
  const checked = checkEnvelope(parsed.event);
  if (!checked.ok) return rejectViolation('invalid_envelope', parsed.event, checked.violation);
  const { envelope } = checked;
  if (!isFactType(envelope.type)) return rejectType(envelope);
  const bounds = { depth: limits.eventDepth, keys: limits.eventKeys };
  const flaw = (): JsonFlaw | undefined => findFlaw(raw.bytes, { bounds });
  const { type } = envelope;
  const candidate = { event: envelope, type, bytes: raw.bytes.length, rest: parsed.rest, bounds, flaw };
  if (envelope.data !== undefined)
    return misplacedReference(envelope) ?? validate(candidate, raw, { latest, by, limits });
  const resolved =
    content && content.length > limits.eventBytes
      ? tooLarge(envelope, 'eventBytes', limits)
      : resolveReference(candidate, content);
  return resolved.ok ? validate(resolved.candidate, raw, { latest, by, limits }) : resolved;
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

type Circumstances = {
  readonly latest: string;
  readonly by: Actor | undefined;
  readonly limits: EventLimits;
};

function validate(candidate: Candidate, raw: RawEvent, { latest, by, limits }: Circumstances): Admission {
  return (
    rejectVersion(candidate) ??
    rejectSize(candidate, limits) ??
    rejectContent(candidate, limits) ??
    rejectTime(candidate.event, latest) ??
    rejectSelfCorrection(candidate.event) ??
    (by && rejectOthers(candidate.event, by)) ??
    stamp(raw, candidate)
  );
}

function rejectVersion({ event, type }: Candidate): Refused | undefined {
  const major = majorIn(type, event.dataschema);
  if (major !== undefined && isReadable(type, major)) return undefined;
  const message = `this server does not read that version of ${type}; the newest is ${schemaOf(type)}`;
  return rejectViolation('unknown_version', event, { pointer: '/dataschema', message });
}

function rejectSize({ event, type, bytes }: Candidate, limits: EventLimits): Refused | undefined {
  const limit = isTelemetry(type) ? 'telemetryBytes' : 'eventBytes';
  return bytes > limits[limit] ? tooLarge(event, limit, limits) : undefined;
}

const tooLarge = (
  event: Envelope,
  limit: 'telemetryBytes' | 'eventBytes',
  { [limit]: value }: EventLimits,
): Refused =>
  withLimit(reject('event_too_large', `more than ${value} bytes; send it in parts`, event.id), event, {
    limit,
    value,
  });

const withLimit = (
  { rejection }: Refused,
  { source, id }: Envelope,
  { limit, value }: { readonly limit: keyof EventLimits; readonly value: number },
): Refused => ({
  ok: false,
  rejection: { ...rejection, met: metLimit(limit, value) },
  beyond: { source, id },
});

/** Telemetry is checked for flaws of its text only where the quick pass suspects one. */
function rejectContent(
  { event, type, rest, bounds, flaw }: Candidate,
  limits: EventLimits,
): Refused | undefined {
  const violation = checkFact(type, event.data, majorIn(type, event.dataschema));
  const isSuspect = violation !== undefined || !isTelemetry(type) || mayHaveFlaw(rest, event, bounds);
  const found = isSuspect ? flaw() : undefined;
  if (found) return rejectFlaw(event, found, limits);
  return violation && rejectViolation('schema_violation', event, violation);
}

function rejectFlaw(event: Envelope, flaw: JsonFlaw, limits: EventLimits): Refused {
  const refused: Refused = { ok: false, rejection: { ...flaw, ...foundAt(event, flaw.pointer) } };
  const limit = LIMITS.get(flaw.code);
  if (!limit) return refused;
  const message = `${flaw.message}; send it flatter or in parts`;
  return withLimit({ ok: false, rejection: { ...refused.rejection, message } }, event, {
    limit,
    value: limits[limit],
  });
}

/** Limits of one event, by the flaws that exceed them. */
const LIMITS: ReadonlyMap<string, 'eventDepth' | 'eventKeys'> = new Map([
  ['too_deep', 'eventDepth'],
  ['too_many_keys', 'eventKeys'],
]);

/** The last time that an event may state when it is captured at `now` (microseconds since 1970): one day later. */
export const latestTime = (now: number): string => rfc3339(now + DAY);

function rejectTime({ id, time }: Envelope, latest: string): Refused | undefined {
  if (time === undefined || (time <= latest && ORDINARY.test(time))) return undefined;
  const stated = Date.parse(time);
  if (Number.isNaN(stated) || !isCalendarDay(time.slice(0, 10)))
    return rejectAt('/time', 'invalid_envelope', `the time ${time} is not on the calendar`, id);
  return stated > Date.parse(latest)
    ? rejectAt('/time', 'clock_skew', 'the time is more than a day in the future', id)
    : undefined;
}

/** A target that is not recorded may come yet, so that only an event that names itself is refused. */
function rejectSelfCorrection({
  source,
  id,
  corrects,
  correctssource = source,
}: Envelope): Refused | undefined {
  if (corrects !== id || correctssource !== source) return undefined;
  const message = 'an event cannot correct itself; name the id of the event that it replaces';
  return rejectAt('/corrects', 'invalid_envelope', message, id);
}

/** Date.parse takes the 31st of February for a day in March. */
const isCalendarDay = (date: string): boolean => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);

/** UTC on a day that every month has. Such times compare as text; Date.parse compares the others. */
const ORDINARY = /^....-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):.*Z$/;

/** Telemetry is stored as it arrived. Every other fact is stored in canonical form, so that anybody can recompute its hash. */
function stamp(raw: RawEvent, { event, type }: Candidate): Admission {
  const bytes = isTelemetry(type) ? raw.bytes : Buffer.from(canonicalJson(event));
  const { source, id, data = {} } = event;
  return { ok: true, event: { source, id, type, stream: streamOf(type, data), bytes, parsed: event } };
}
