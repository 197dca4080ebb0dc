import type { NewEvent, RecordedEvent } from '../event-log.ts';
import { eventKey } from './in-flight-index.ts';
import type { EventKey } from './in-flight-index.ts';

/** The events that one request adds to one partition. They are written together. */
export class PendingWrite {
  readonly partition: number;
  readonly events: NewEvent[] = [];
  /** The event or omission at the position of each; empty until it settles, and where it failed. */
  written: readonly RecordedEvent[] = [];
  /** What the log has under the id of each: where another process was first, its event. */
  recorded: readonly RecordedEvent[] = [];
  fault: unknown;
  isSettled = false;
  /** Takes it back before it is being written. */
  readonly withdrawn = new AbortController();
  /** Never rejects. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
  /** Requests that wait for it. */
  waiting = 0;

  constructor(partition: number) {
    this.partition = partition;
    const { promise, resolve } = withResolvers();
    this.settled = promise;
    this.settle = () => {
      this.isSettled = true;
      resolve();
    };
  }

  bytes(): number {
    return this.events.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** An event of a write that has not settled. Another process may store its id first. */
export type PendingEvent = { readonly hash: string; readonly write: PendingWrite; readonly index: number };

/**
 * Events that this process is writing, by source and id. A settled event stays until `purge`, so that who looks an id up
 * in the log after a purge, and then here, misses none.
 */
export class PendingEvents {
  readonly #events = new Map<string, PendingEvent>();
  readonly #unsettled = new Set<PendingWrite>();
  #settled: PendingWrite[] = [];

  /** The stored event where its write has settled; undefined where it failed. */
  get(key: EventKey): PendingEvent | RecordedEvent | undefined {
    const pending = this.#events.get(eventKey(key));
    return pending?.write.isSettled === true ? pending.write.recorded[pending.index] : pending;
  }

  add(events: readonly PendingEvent[]): void {
    for (const pending of events) {
      const event = pending.write.events[pending.index];
      if (event) this.#events.set(eventKey(event), pending);
      this.#unsettled.add(pending.write);
    }
  }

  settle(write: PendingWrite): void {
    write.settle();
    this.#unsettled.delete(write);
    this.#settled.push(write);
  }

  /** Forgets what has settled: the log has it. */
  purge(): void {
    for (const write of this.#settled.splice(0))
      for (const event of write.events) {
        const key = eventKey(event);
        if (this.#events.get(key)?.write === write) this.#events.delete(key);
      }
  }

  unsettled(): readonly PendingWrite[] {
    return [...this.#unsettled];
  }
}
