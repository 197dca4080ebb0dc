import type { RecordedEvent } from './event-log.ts';

/** Rough weight of an event's objects beside its bytes, and of a parsed form per byte. */
const OBJECT_BYTES = 500;
const PARSED_FACTOR = 3;

/** The last events with their parsed form, so that a close follower needs neither disk nor JSON.parse. */
export class RecentEvents {
  readonly #maxBytes: number;
  #events: RecordedEvent[] = [];
  #dropped = 0;
  #bytes = 0;
  /** Position just before the oldest one kept. */
  #before: number;

  constructor(maxBytes: number, head: number) {
    this.#maxBytes = maxBytes;
    this.#before = head;
  }

  push(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.#events.push(event);
      this.#bytes += weight(event);
    }
    this.#evict();
  }

  at(position: number): RecordedEvent | undefined {
    return position > this.#before ? this.#events[this.#dropped + position - this.#before - 1] : undefined;
  }

  #evict(): void {
    while (this.#bytes > this.#maxBytes) {
      const oldest = this.#events[this.#dropped];
      if (!oldest) break;
      this.#bytes -= weight(oldest);
      this.#dropped += 1;
      this.#before += 1;
    }
    if (this.#dropped * 2 <= this.#events.length) return;
    this.#events = this.#events.slice(this.#dropped);
    this.#dropped = 0;
  }
}

const weight = ({ bytes, parsed }: RecordedEvent): number =>
  OBJECT_BYTES + bytes.length * (parsed === undefined ? 1 : 1 + PARSED_FACTOR);
