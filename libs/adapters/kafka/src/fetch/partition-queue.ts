import type { FetchRange, TopicRecord } from '@tributary/event-log';
import type { FetchResult } from './fetch-result.ts';
import { ConditionVariable } from './condition-variable.ts';

/** The next fetch that a queue needs. */
export type QueueDemand = {
  readonly from: number;
  /** Counts the seeks of the reader, so that the answer to an earlier fetch is not taken for the current one. */
  readonly seeks: number;
  /** Free bytes of the queue; a broker sends a larger batch where no partition before it in the request has records. */
  readonly maxBytes: number;
};

const MAX_FETCH_BYTES = 4 * 1024 * 1024;
const MIN_FETCH_BYTES = 64 * 1024;

/**
 * Records of one partition that are fetched and not taken yet. It covers the offsets from `#start`, the position of
 * its reader, up to `#next`, the next one to fetch.
 */
export class PartitionQueue {
  readonly partition: number;
  /** Notifies the reader of records, faults, and of an end that is another one without them. */
  readonly received = new ConditionVariable();
  /** Notifies the fetcher that the queue needs a fetch. */
  readonly #onDemand: ConditionVariable;
  #start: number;
  #next: number;
  #end: number;
  #first: number | undefined;
  /** The offset after the last fetched record, or the offset where fetching began. */
  #known: number;
  #records: TopicRecord[] = [];
  #bytes = 0;
  #fault: unknown;
  #maxBytes: number;
  #paused = false;
  #seeks = 0;
  #interruptions = 0;

  constructor(options: {
    partition: number;
    from: number;
    end: number;
    maxBytes: number;
    onDemand: ConditionVariable;
  }) {
    this.partition = options.partition;
    this.#start = options.from;
    this.#next = options.from;
    this.#end = options.end;
    this.#known = options.from;
    this.#maxBytes = options.maxBytes;
    this.#onDemand = options.onDemand;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The broker's end offset. Once all up to it is fetched, the offset after the last record that a reader gets. */
  get end(): number {
    return this.#next < this.#end ? this.#end : Math.min(this.#end, this.#known);
  }

  /** The broker's end offset in its last answer. */
  get answeredEnd(): number {
    return this.#end;
  }

  get fault(): unknown {
    return this.#fault;
  }

  /** Where the partition begins, while its broker says that it does not hold the next offset; otherwise undefined. */
  get first(): number | undefined {
    return this.#first;
  }

  /** How often something other than an answer with records has come between two fetches. */
  get interruptions(): number {
    return this.#interruptions;
  }

  /** Counts an interruption. Whether the topic is still the same is for the reader to find out. */
  interrupt(): void {
    this.#interruptions += 1;
    this.received.notifyAll();
  }

  /** Whether it needs no fetches: from above its limit of bytes until below half of it. */
  get paused(): boolean {
    return this.#paused;
  }

  get demand(): QueueDemand {
    const free = Math.min(MAX_FETCH_BYTES, Math.max(MIN_FETCH_BYTES, this.#maxBytes - this.#bytes));
    return { from: this.#next, seeks: this.#seeks, maxBytes: Math.floor(free) };
  }

  /** Adds the result of a fetch. Results of fetches from before a seek are dropped. */
  accept(fetched: QueueDemand, result: FetchResult): void {
    if (fetched.seeks !== this.#seeks || fetched.from !== this.#next) return;
    for (const record of result.records) {
      this.#records.push(record);
      this.#bytes += sizeOf(record);
    }
    this.#next = result.next;
    this.#known = (result.records.at(-1)?.offset ?? this.#known - 1) + 1;
    const isMoved = result.end !== this.#end;
    this.#end = result.end;
    this.#first = result.first;
    this.#fault = result.fault;
    if (result.fault !== undefined) this.interrupt();
    this.#updatePaused();
    if (result.records.length > 0 || result.fault !== undefined || isMoved) this.received.notifyAll();
  }

  /**
   * Moves the reader to an offset and takes the fetched records from there on: at least one, however large. Where there is
   * none within `limit` offsets, the next one is returned and stays in the queue, so that no fetch has to repeat it.
   */
  take({ from, limit, maxBytes }: FetchRange): TopicRecord[] {
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
    const [next] = this.#records;
    if (next && next.offset >= from + limit) return [next];
    const taken = this.#records.slice(0, count);
    this.#records = this.#records.slice(count);
    this.#bytes -= bytes;
    this.#start = (taken.at(-1)?.offset ?? from) + 1;
    this.#updatePaused();
    return taken;
  }

  /** Moves the reader to an offset. Whether a record at or after it is fetched. */
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
      this.#first = undefined;
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
    const wasPaused = this.#paused;
    this.#paused = this.#bytes > (wasPaused ? this.#maxBytes / 2 : this.#maxBytes);
    if (wasPaused && !this.#paused) this.#onDemand.notifyAll();
  }
}

/** Estimated bytes of a record in memory: its content and the objects around it. */
function sizeOf({ key, value, headers }: TopicRecord): number {
  let bytes = 120 + (key?.byteLength ?? 0) + (value?.byteLength ?? 0);
  for (const [name, content] of headers) bytes += 60 + name.length + content.byteLength;
  return bytes;
}
