import type { Clock } from '@tributary/kernel';
import type { EventLog, NewEvent, RecordedEvent } from './event-log.ts';
/** A log that can be closed and opened again; a log without a memory of its own reopens as it was. */
export type LogUnderTest = {
  readonly log: EventLog;
  reopen(): Promise<EventLog>;
  dispose(): Promise<void>;
};
export type OpenLog = (clock: Clock) => Promise<LogUnderTest>;
export declare const SECOND = 1000000;
export declare const NOON: number;
export declare const ALL: {
  after: import('@tributary/kernel').Position;
  limit: number;
  maxBytes: number;
};
export declare const uuid: (number: number) => string;
export declare const anEvent: (
  event?: Partial<NewEvent> & {
    text?: string;
  },
) => NewEvent;
export declare const plain: (events: readonly RecordedEvent[]) => unknown[];
