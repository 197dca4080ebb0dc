import { parseEventPosition } from '@tributary/kernel';
import type { NewEvent, RecordedEvent } from '../event-log.ts';

/** An event that is in the tables, or in flight to them. */
export type KnownEvent = Pick<RecordedEvent, 'source' | 'id' | 'type' | 'stream' | 'hash' | 'position'>;

/** What identifies an event. */
export type EventKey = Pick<NewEvent, 'source' | 'id'>;

export const eventKey = ({ source, id }: EventKey): string => JSON.stringify([source, id]);

/** Events that were read and may not be in the tables yet, without their bytes. */
export class InFlightIndex {
  #events = new Map<string, KnownEvent>();

  get(named: EventKey): KnownEvent | undefined {
    return this.#events.get(eventKey(named));
  }

  add({ source, id, type, stream, hash, position }: KnownEvent): void {
    const name = eventKey({ source, id });
    if (!this.#events.has(name)) this.#events.set(name, { source, id, type, stream, hash, position });
  }

  /** Removes events up to a position: they are in the tables. */
  release(until: number): void {
    for (const [name, { position }] of this.#events) {
      if (parseEventPosition(position) > until) break;
      this.#events.delete(name);
    }
  }
}
