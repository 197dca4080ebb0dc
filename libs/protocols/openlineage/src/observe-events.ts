import { bufferOver, readLongBody, replying } from '@tributary/capture';
import type { EventLimits, Readers, Reading } from '@tributary/capture';
import { jsonElements } from '@tributary/json';
import { observe } from './observation.ts';
import type { Observed } from './observation.ts';

/** The text of one event, and what it says. */
export type ObservedEvent = { readonly raw: Buffer; readonly observed: Observed };

type ObservedBody = readonly ObservedEvent[] | 'not_a_batch' | 'too_many_events';

/** A request with one event, or with a batch of them. */
type LineageBody = {
  readonly body: Buffer;
  readonly isBatch: boolean;
  readonly limits: EventLimits;
};

/** What a thread hands over: where the text of each event begins and ends in the body. */
type Placed = { readonly start: number; readonly end: number; readonly observed: Observed };

/** The events of a body. A long body is read in a thread where there are some. Throws the faults of the readers. */
export async function observeEvents(
  readers: Readers | undefined,
  { body, isBatch, limits }: LineageBody,
): Promise<ObservedBody> {
  const placed = await readLongBody(readers, lineageReading, {
    input: { body, isBatch, limits },
    bytes: body.length,
  });
  if (typeof placed === 'string') return placed;
  return placed.map(({ start, end, observed }) => ({ raw: body.subarray(start, end), observed }));
}

/** Reads a body in a thread. */
export const observePlaced = replying((input: LineageBody): readonly Placed[] | Unread => {
  const body = bufferOver(input.body);
  const events = input.isBatch ? elementsOf(body, input.limits.batchEvents) : [body];
  if (typeof events === 'string') return events;
  return events.map((raw) => {
    const start = raw.byteOffset - body.byteOffset;
    return { start, end: start + raw.length, observed: observe(raw, input.limits) };
  });
});

type Unread = Exclude<ObservedBody, readonly ObservedEvent[]>;

/** Nothing of an array that is malformed is stored. */
function elementsOf(body: Buffer, most: number): Buffer[] | Unread {
  const events: Buffer[] = [];
  try {
    for (const event of jsonElements(body)) {
      if (events.length === most) return 'too_many_events';
      events.push(event);
    }
    return events;
  } catch {
    return 'not_a_batch';
  }
}

const lineageReading: Reading<LineageBody, readonly Placed[] | Unread> = {
  module: import.meta.url,
  name: 'observePlaced',
  read: observePlaced,
};
