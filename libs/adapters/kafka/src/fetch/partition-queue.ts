import type { Range, TopicRecord } from '@tributary/event-log';
import type { FetchResult } from './fetch-result.ts';
import { ConditionVariable } from './condition-variable.ts';

/** Where a queue wants to go on. */
export type QueueDemand = {
  readonly from: number;
  /** Counts the moves of its reader, so that an answer to an earlier question is not taken for the present one. */
  readonly seeks: number;
  /** Bytes that it has room for; a broker sends at least one batch. */
  readonly maxBytes: number;
};

const MAX_FETCH_BYTES = 4 * 1024 * 1024;
const MIN_FETCH_BYTES = 64 * 1024;

/**
 * Records of one partition that have arrived and are not taken yet. It covers the offsets from `#start`, where its
 * reader is, up to `next`, where fetching goes on.
 */
export class PartitionQueue {
  readonly partition: number;
  /** Announces arrivals and faults to the reader. */
  readonly received = new ConditionVariable();
  /** Announces to the fetcher that there is something to fetch. */
  readonly #onDemand: ConditionVariable;
  #start: number;
  #next: number;
  #end: number;
  /** The offset after the last record that is known, or where fetching began. */
  #known: number;
  #records: TopicRecord[] = [];
  #bytes = 0;
  #fault: unknown;
  #maxBytes: number;
  #paused = false;
  #seeks = 0;

  constructor(options: {
    partition: number;
    from: number;
    end: number;
    share: number;
    hunger: ConditionVariable;
  }) {
    this.partition = options.partition;
    this.#start = options.from;
    this.#next = options.from;
    this.#end = options.end;
    this.#known = options.from;
    this.#maxBytes = options.share;
    this.#onDemand = options.hunger;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The broker's end; once everything up to it has been looked at, the end of what a reader gets. */
  get end(): number {
    return this.#next < this.#end ? this.#end : Math.min(this.#end, this.#known);
  }

  get fault(): unknown {
    return this.#fault;
  }

  /** Rests above its share of bytes, until half of it is taken. */
  get paused(): boolean {
    return this.#paused;
  }

  get demand(): QueueDemand {
    const room = Math.min(MAX_FETCH_BYTES, Math.max(MIN_FETCH_BYTES, this.#maxBytes - this.#bytes));
    return { from: this.#next, seeks: this.#seeks, maxBytes: Math.floor(room) };
  }

  set share(bytes: number) {
    this.#maxBytes = bytes;
    this.#updatePaused();
  }

  /** Takes an answer to a question that was asked. */
  accept(asked: QueueDemand, answer: FetchResult): void {
    if (asked.seeks !== this.#seeks || asked.from !== this.#next) return;
    for (const record of answer.records) {
      this.#records.push(record);
      this.#bytes += sizeOf(record);
    }
    this.#next = answer.next;
    this.#known = (answer.records.at(-1)?.offset ?? this.#known - 1) + 1;
    this.#end = answer.end;
    const news = answer.records.length > 0 || answer.fault !== undefined;
    this.#fault = answer.fault;
    this.#updatePaused();
    if (news) this.received.notifyAll();
  }

  /** Moves the reader, and takes what has arrived from there on: at least one record however large. */
  take({ from, limit, maxBytes }: Range): TopicRecord[] {
    this.#moveTo(from);
    let count = 0;
    let bytes = 0;
    for (const record of this.#records) {
      const size = sizeOf(record);
      if (count >= limit || (count > 0 && bytes + size > maxBytes)) break;
      count += 1;
      bytes += size;
    }
    if (count === 0) return [];
    const taken = this.#records.slice(0, count);
    this.#records = this.#records.slice(count);
    this.#bytes -= bytes;
    this.#start = (taken.at(-1)?.offset ?? from) + 1;
    this.#updatePaused();
    return taken;
  }

  /** Whether a record at or after an offset is here. Moves the reader there. */
  has(from: number): boolean {
    this.#moveTo(from);
    return this.#records.length > 0;
  }

  #moveTo(from: number): void {
    if (from === this.#start) return;
    if (from < this.#start || from > this.#next) {
      this.#seeks += 1;
      this.#records = [];
      this.#bytes = 0;
      this.#fault = undefined;
      this.#next = from;
      this.#known = from;
    } else {
      const kept = this.#records.findIndex(({ offset }) => offset >= from);
      const passed = this.#records.splice(0, kept < 0 ? this.#records.length : kept);
      for (const record of passed) this.#bytes -= sizeOf(record);
    }
    this.#start = from;
    this.#updatePaused();
    this.#onDemand.notifyAll();
  }

  #updatePaused(): void {
    const rested = this.#paused;
    this.#paused = rested ? this.#bytes > this.#maxBytes / 2 : this.#bytes > this.#maxBytes;
    if (rested && !this.#paused) this.#onDemand.notifyAll();
  }
}

/** Bytes of a record in memory, roughly: what it carries and the objects around it. */
function sizeOf({ key, value, headers }: TopicRecord): number {
  let bytes = 120 + (key?.byteLength ?? 0) + (value?.byteLength ?? 0);
  for (const [name, content] of headers) bytes += 60 + name.length + content.byteLength;
  return bytes;
}
