import type { Clock } from '@tributary/kernel';
import { START } from '@tributary/kernel';
import type { EventLog, NewEvent, RecordedEvent } from './event-log.ts';

/** A log that can be closed and opened again. */
export type LogUnderTest = { readonly log: EventLog; reopen(): Promise<EventLog>; dispose(): Promise<void> };
export type OpenLog = (clock: Clock) => Promise<LogUnderTest>;

export const SECOND = 1_000_000;
export const FIXED_TIME = 1_764_000_000 * SECOND;
export const ALL = { after: START, limit: 100_000, maxBytes: 2 ** 40 };

export const uuid = (number: number): string =>
  `01920000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export const anEvent = (event: Partial<NewEvent> & { text?: string } = {}): NewEvent => ({
  source: event.source ?? 'trainer',
  id: event.id ?? uuid(1),
  type: event.type ?? 'training.steps.recorded',
  stream: event.stream ?? 'run/1',
  bytes: event.bytes ?? Buffer.from(event.text ?? `{"id":"${event.id ?? uuid(1)}"}`),
});

export const plain = (events: readonly RecordedEvent[]): unknown[] =>
  events.map((event) => ({
    ...event,
    parsed: undefined,
    bytes: Buffer.from(event.bytes).toString('latin1'),
  }));
