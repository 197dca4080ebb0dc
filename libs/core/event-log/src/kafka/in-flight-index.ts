import { parseEventPosition } from '@tributary/kernel';
import type { NewEvent, RecordedEvent } from '../event-log.ts';

/** An event that the tables know, or that is on its way into them. */
export type KnownEvent = Pick<RecordedEvent, 'source' | 'id' | 'type' | 'stream' | 'hash' | 'position'>;

export type Named = Pick<NewEvent, 'source' | 'id'>;

export const nameOf = ({ source, id }: Named): string => JSON.stringify([source, id]);

/** Events that were read and are not in the tables for certain yet: their names, without their bytes. */
export class InFlightIndex {
  #events = new Map<string, KnownEvent>();

  get(named: Named): KnownEvent | undefined {
    return this.#events.get(nameOf(named));
  }

  add({ source, id, type, stream, hash, position }: KnownEvent): void {
    const name = nameOf({ source, id });
    if (!this.#events.has(name)) this.#events.set(name, { source, id, type, stream, hash, position });
  }

  forget(until: number): void {
    for (const [name, { position }] of this.#events) {
      if (parseEventPosition(position) > until) break;
      this.#events.delete(name);
    }
  }
}
