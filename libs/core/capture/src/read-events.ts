import { inTurns } from '@tributary/kernel';
import { bindAttributes } from './binary-mode.ts';
import type { Attribute } from './binary-mode.ts';
import { CONTENT_LIMITS } from './http/content-limits.ts';
import { validateEvent } from './validated-event.ts';
import type { Circumstances, ValidatedEvent, RefusedRaw } from './validated-event.ts';
import { nextOf, packedForm, partsOfForm, unpackedForm } from './packed-forms.ts';
import type { PackedForm } from './packed-forms.ts';
import { bufferOver, joined, LONG_BODY_BYTES, readLongBody, replying } from './reading.ts';
import type { Joined, Readers, Reading } from './reading.ts';
import { split } from './split.ts';
import type { Mode, RawEvent } from './split.ts';

/** Events that are validated before other requests have their turn. */
const EVENTS_IN_A_TURN = 250;

/** A body with its events; in binary mode it is the data of one, whose attributes are decoded from headers. */
export type EventsBody =
  | { readonly mode: Mode; readonly body: Buffer }
  | {
      readonly mode: 'binary';
      readonly body: Buffer;
      readonly attributes: readonly Attribute[];
      readonly contentType: string;
    };

/** `content` is the blob that the one event of the body refers to. */
type EventsRequest = EventsBody & Circumstances & { readonly content?: Buffer | undefined };

export type EventsRead =
  | { readonly outcome: 'read'; readonly validated: readonly ValidatedEvent[] }
  | { readonly outcome: 'too_many_events' }
  | { readonly outcome: 'not_a_batch' };

/** The events of a body, validated. A long body is read in a thread where there are some, a short one in turns. */
export async function readEvents(readers: Readers | undefined, request: EventsRequest): Promise<EventsRead> {
  const bytes = request.body.length + (request.content?.length ?? 0);
  if (readers && bytes > LONG_BODY_BYTES) {
    const read = await readLongBody(readers, eventsReading, { input: request, bytes });
    return 'parts' in read ? { outcome: 'read', validated: unpacked(read) } : read;
  }
  const events = eventsOf(request, mostEvents(request));
  if ('outcome' in events) return events;
  const validated = await inTurns(events, EVENTS_IN_A_TURN, (event) => validatedOf(event, request));
  return { outcome: 'read', validated };
}

/** Events that one request may have. */
export const mostEvents = ({ limits = CONTENT_LIMITS }: Pick<Circumstances, 'limits'>): number =>
  limits.batchEvents;

type Unread = Exclude<EventsRead, { readonly outcome: 'read' }>;

/** The events of a body. One whose attributes cannot be bound to its data is refused already. */
function eventsOf(request: EventsBody, most: number): readonly (RawEvent | RefusedRaw)[] | Unread {
  const { body } = request;
  if (request.mode === 'binary') {
    const bound = bindAttributes(request.attributes, request.contentType, body);
    return [bound.ok ? bound.event : { ...bound, raw: { bytes: body, isUtf8: true } }];
  }
  const events = split(body, request.mode, most);
  if (!events) return { outcome: 'not_a_batch' };
  return events.length > most ? { outcome: 'too_many_events' } : events;
}

/** The bytes of each event of a body that was read before. */
export function eventBytes(body: EventsBody): readonly Buffer[] {
  const events = eventsOf(body, Infinity);
  return 'outcome' in events ? [] : events.map((event) => ('raw' in event ? event.raw : event).bytes);
}

const validatedOf = (event: RawEvent | RefusedRaw, request: EventsRequest): ValidatedEvent =>
  'raw' in event ? event : validateEvent(event, request, request.content);

/** What a thread hands over: no event has its parsed form, which would take longer to copy than the bytes to parse. */
type Packed = { readonly events: readonly PackedEvent[]; readonly parts: Joined };

type PackedEvent = PackedForm | (Omit<RefusedRaw, 'ok' | 'raw'> & { readonly isUtf8: boolean });

const packed = (validated: readonly ValidatedEvent[]): Packed => ({
  events: validated.map(packedEvent),
  parts: joined(validated.flatMap((one) => (one.ok ? partsOfForm(one) : [one.raw.bytes]))),
});

function packedEvent(one: ValidatedEvent): PackedEvent {
  if (one.ok) return packedForm(one);
  const { rejection, neededBlob, repeat, beyond, raw } = one;
  return { rejection, neededBlob, repeat, beyond, isUtf8: raw.isUtf8 };
}

function unpacked({ events, parts }: Packed): ValidatedEvent[] {
  const next = nextOf(parts);
  return events.map((one) => {
    if (!('rejection' in one)) return { ok: true, ...unpackedForm(one, next) };
    const { isUtf8, ...refused } = one;
    return { ok: false, ...refused, raw: { bytes: next(), isUtf8 } };
  });
}

/** Reads a body in a thread. */
export const readPacked = replying((request: EventsRequest): Packed | Unread => {
  const { content } = request;
  const given = { ...request, body: bufferOver(request.body), content: content && bufferOver(content) };
  const events = eventsOf(given, mostEvents(given));
  return 'outcome' in events ? events : packed(events.map((event) => validatedOf(event, given)));
});

const eventsReading: Reading<EventsRequest, Packed | Unread> = {
  module: import.meta.url,
  name: 'readPacked',
  read: readPacked,
};
