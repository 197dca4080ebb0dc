import { parseEventPosition } from '@tributary/kernel';
import type { NewEvent, RecordedEvent } from '../event-log.ts';

/** An event that the tables know, or that is on its way into them. */
export type KnownEvent = Pick<RecordedEvent, 'source' | 'id' | 'type' | 'stream' | 'hash' | 'position'>;

export type EventKey = Pick<NewEvent, 'source' | 'id'>;

export const eventKey = ({ source, id }: EventKey): string => JSON.stringify([source, id]);

/** Events that were read and are not in the tables for certain yet: their names, without their bytes. */
export class InFlightIndex {
  #events = new Map<string, KnownEvent>();

  get(named: EventKey): KnownEvent | undefined {
    return this.#events.get(eventKey(named));
  }

  add({ source, id, type, stream, hash, position }: KnownEvent): void {
    const name = eventKey({ source, id });
    if (!this.#events.has(name)) this.#events.set(name, { source, id, type, stream, hash, position });
  }

  release(until: number): void {
    for (const [name, { position }] of this.#events) {
      if (parseEventPosition(position) > until) break;
      this.#events.delete(name);
    }
  }
}
