import { randomUUID } from 'node:crypto';
import type { NewRecord, Topic } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { DeadLetterAction } from './dead-letter-action.ts';
import { recordOfAction, recordOfRefusal } from './dead-letter-record.ts';
import type { RefusedInput, ProducerSequence } from './dead-letter-record.ts';

/** The part of a piece that is kept: with its headers it stays below what a broker takes in one record, 1 MiB. */
export const MAX_PAYLOAD_BYTES = 900 * 1024;

/** Letters whose piece need not be written again. */
const MAX_REMEMBERED = 10_000;

/** `done` rejects with Fault `dead_letters_write_failed`; then some may have been written. */
export type Writing = { readonly sequences: readonly ProducerSequence[]; readonly done: Promise<void> };

type Waiting = {
  readonly records: readonly NewRecord[];
  readonly resolve: () => void;
  readonly reject: (fault: Fault) => void;
};

/** Writes letters to a topic. Its tickets ascend, and records of one call after the other keep that order. */
export class DeadLetterWriter {
  readonly #topic: Pick<Topic, 'append' | 'name' | 'partitions'>;
  readonly #maxPieceBytes: number;
  readonly #written = new Set<string>();
  readonly writer = randomUUID();
  #number = 0;
  #queue: Waiting[] = [];
  #isWriting = false;

  constructor(topic: Pick<Topic, 'append' | 'name' | 'partitions'>, maxPieceBytes = MAX_PAYLOAD_BYTES) {
    this.#topic = topic;
    this.#maxPieceBytes = maxPieceBytes;
  }

  writeRefusals(arrivals: readonly RefusedInput[]): Writing {
    const tickets = arrivals.map(() => this.#ticket());
    const records = arrivals.map((arrival, at) =>
      this.#placed(arrival.id, recordOfRefusal(this.#shortened(arrival), tickets[at] ?? this.#ticket())),
    );
    const done = this.#append(records).then(() => this.#remember(arrivals));
    return { sequences: tickets, done };
  }

  writeAction(id: string, act: DeadLetterAction): Writing {
    const ticket = this.#ticket();
    return { sequences: [ticket], done: this.#append([this.#placed(id, recordOfAction(id, act, ticket))]) };
  }

  #ticket(): ProducerSequence {
    this.#number += 1;
    return { writer: this.writer, number: this.#number };
  }

  /** All of a letter is on one partition, so that its records have an order. */
  #placed(id: string, record: Omit<NewRecord, 'partition'>): NewRecord {
    return { ...record, partition: Number.parseInt(id.slice(0, 8), 16) % this.#topic.partitions };
  }

  /** The same poison comes again and again; its piece lies in the topic once. */
  #shortened(arrival: RefusedInput): RefusedInput {
    const { id, refusal } = arrival;
    const kept = this.#written.has(id) ? 0 : this.#maxPieceBytes;
    return { ...arrival, refusal: { ...refusal, bytes: refusal.bytes.subarray(0, kept) } };
  }

  #remember(arrivals: readonly RefusedInput[]): void {
    for (const { id } of arrivals) {
      this.#written.delete(id);
      this.#written.add(id);
    }
    for (const id of this.#written) {
      if (this.#written.size <= MAX_REMEMBERED) break;
      this.#written.delete(id);
    }
  }

  #append(records: readonly NewRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ records, resolve, reject });
      if (!this.#isWriting) void this.#drain();
    });
  }

  /** Calls that wait while an append is under way share the next one. */
  async #drain(): Promise<void> {
    this.#isWriting = true;
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#write(this.#queue.splice(0));
    this.#isWriting = false;
  }

  /** Whatever keeps the broker from it may pass; nothing is given up for good. */
  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#topic.append(group.flatMap(({ records }) => records));
      for (const { resolve } of group) resolve();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `dead letters could not be written to topic ${this.#topic.name}: ${why}`;
      const retryable = !(cause instanceof Fault) || cause.retryable;
      for (const { reject } of group)
        reject(new Fault('dead_letters_write_failed', message, { cause, retryable }));
    }
  }
}
