import { setTimeout as pause } from 'node:timers/promises';
import type { NewRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Message } from './client/broker.ts';
import { brokerFault } from './client/broker-fault.ts';
import type { Link } from './client/link.ts';
import { leaderOf } from './client/leaders.ts';

export type AppendOptions = {
  readonly topic: string;
  readonly partitions: number;
  readonly compression: 'none' | 'gzip';
  /** The broker's bound on a batch, in bytes (`max.message.bytes`). */
  readonly maxBatchBytes: number;
  /** Milliseconds over which a batch is tried again. */
  readonly patience: number;
};

/** What a record costs beside its bytes: lengths, offset, time. A batch has a head of 61 bytes. */
const RECORD_OVERHEAD = 40;
const HEADER_OVERHEAD = 10;
const BATCH_OVERHEAD = 200;

/**
 * Writes records. Each partition is a lane: one batch is on the way, the next is sent when it is answered. So records
 * of a partition keep the order of the calls, whatever is tried again.
 */
export class Appender {
  readonly #link: Link;
  readonly #options: AppendOptions;
  /** The last work of each partition; never rejects. */
  readonly #lanes: Promise<void>[];

  constructor(link: Link, options: AppendOptions) {
    this.#link = link;
    this.#options = options;
    this.#lanes = Array.from({ length: options.partitions }, () => Promise.resolve());
  }

  async append(records: readonly NewRecord[]): Promise<readonly number[]> {
    const indexes = this.#indexesByPartition(records);
    const offsets = Array.from<number>({ length: records.length });
    const settled = await Promise.allSettled(
      [...indexes].map(([partition, places]) =>
        this.#inLane(partition, async () => {
          for (const batch of this.#batches(records, places)) {
            const base = await this.#write(partition, batch.messages);
            batch.places.forEach((place, delta) => (offsets[place] = base + delta));
          }
        }),
      ),
    );
    const failed = settled.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return offsets;
  }

  async drained(): Promise<void> {
    await Promise.all(this.#lanes);
  }

  #indexesByPartition(records: readonly NewRecord[]): Map<number, number[]> {
    const indexes = new Map<number, number[]>();
    records.forEach(({ partition }, place) => {
      if (!(Number.isInteger(partition) && partition >= 0 && partition < this.#options.partitions)) {
        throw new RangeError(`topic ${this.#options.topic} has no partition ${partition}`);
      }
      const places = indexes.get(partition);
      if (places) places.push(place);
      else indexes.set(partition, [place]);
    });
    return indexes;
  }

  #inLane(partition: number, work: () => Promise<void>): Promise<void> {
    const before = this.#lanes[partition] ?? Promise.resolve();
    const done = before.then(work);
    this.#lanes[partition] = done.catch(() => undefined);
    return done;
  }

  /** One batch, or as few as the broker's bound allows. */
  *#batches(
    records: readonly NewRecord[],
    places: readonly number[],
  ): Generator<{ places: number[]; messages: Message[] }> {
    let batch = { places: [] as number[], messages: [] as Message[] };
    let bytes = BATCH_OVERHEAD;
    for (const place of places) {
      const record = records[place];
      if (record === undefined) continue;
      const size = sizeOf(record);
      if (batch.places.length > 0 && bytes + size > this.#options.maxBatchBytes) {
        yield batch;
        batch = { places: [], messages: [] };
        bytes = BATCH_OVERHEAD;
      }
      this.#checkSize(record, size);
      batch.places.push(place);
      batch.messages.push(messageOf(record));
      bytes += size;
    }
    yield batch;
  }

  /** Compressed records are for the broker to judge; others are known to be too large, so that none is sent in vain. */
  #checkSize({ partition, key }: NewRecord, size: number): void {
    const { topic, compression, maxBatchBytes } = this.#options;
    if (compression === 'gzip' || size <= maxBatchBytes) return;
    const stream = Buffer.from(key).toString().slice(0, 100);
    throw new Fault(
      'record_too_large',
      `a record of ${size} bytes with key ${stream} does not fit partition ${partition} of topic ${topic}: ` +
        `its max.message.bytes is ${maxBatchBytes}; raise it, or send less in one event`,
    );
  }

  /** The offset of the first record, as the last try was answered. An earlier try may have been written as well. */
  async #write(partition: number, messages: readonly Message[]): Promise<number> {
    const { topic, patience } = this.#options;
    const until = Date.now() + patience;
    for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
      try {
        return await this.#try(partition, messages, Math.max(1000, until - Date.now()));
      } catch (error) {
        const doing = `cannot append to partition ${partition} of topic ${topic}, records may have been written`;
        const fault = brokerFault(error, doing);
        if (!fault.retryable || Date.now() + wait > until) throw fault;
        await pause(wait);
      }
    }
  }

  async #try(partition: number, messages: readonly Message[], timeout: number): Promise<number> {
    const { topic, compression } = this.#options;
    const { topics } = await this.#link.use(async (cluster) => {
      const broker = await leaderOf(cluster, topic, partition);
      return broker.produce({
        acks: -1,
        timeout: Math.min(timeout, 30_000),
        compression: compression === 'gzip' ? 1 : 0,
        topicData: [{ topic, partitions: [{ partition, firstSequence: -1, messages }] }],
      });
    });
    const base = Number(
      topics[0]?.partitions.find((answered) => answered.partition === partition)?.baseOffset,
    );
    if (Number.isSafeInteger(base) && base >= 0) return base;
    throw new Fault(
      'broker_refused',
      `partition ${partition} of topic ${topic} was written without an offset`,
    );
  }
}

function sizeOf({ key, value, headers }: NewRecord): number {
  let bytes = RECORD_OVERHEAD + key.byteLength + value.byteLength;
  for (const [name, content] of headers) bytes += HEADER_OVERHEAD + name.length * 3 + content.byteLength;
  return bytes;
}

const bytesOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function messageOf({ key, value, headers }: NewRecord): Message {
  const byName: Record<string, Buffer | Buffer[]> = {};
  for (const [name, content] of headers) {
    const before = byName[name];
    const bytes = bytesOf(content);
    byName[name] = before === undefined ? bytes : [before, bytes].flat();
  }
  return { key: bytesOf(key), value: bytesOf(value), headers: byName };
}
