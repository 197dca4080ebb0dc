import type { RecordedEvent } from './event-log.ts';

/** Approximate memory of an event's objects, without its bytes. */
const OBJECT_BYTES = 500;

type Recent = RecordedEvent & { parsed?: unknown };

/** The newest events, so that a follower needs no disk. Those of the last commit keep their parsed form. */
export class RecentEvents {
  readonly #maxBytes: number;
  #events: Recent[] = [];
  #parsed: readonly Recent[] = [];
  #dropped = 0;
  #bytes = 0;
  /** Position just before the oldest one kept. */
  #before: number;

  constructor(maxBytes: number, head: number) {
    this.#maxBytes = maxBytes;
    this.#before = head;
  }

  push(events: readonly Recent[]): void {
    this.#forgetParsed(events);
    for (const event of events) {
      this.#events.push(event);
      this.#bytes += weight(event);
    }
    this.#evict();
  }

  /**
   * A close follower reads a commit before the next one is durable. Objects that live longer leave the young generation
   * of the heap, and collecting them there costs more than parsing again.
   */
  #forgetParsed(next: readonly Recent[]): void {
    for (const event of this.#parsed) event.parsed = undefined;
    this.#parsed = next;
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

const weight = ({ bytes }: RecordedEvent): number => OBJECT_BYTES + bytes.length;
