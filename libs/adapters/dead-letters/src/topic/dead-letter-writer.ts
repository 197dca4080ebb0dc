import { randomUUID } from 'node:crypto';
import { withDeadline } from '@tributary/event-log';
import type { NewRecord, Topic } from '@tributary/event-log';
import { Fault, GroupCommit } from '@tributary/kernel';
import type { DeadLetterAction } from './dead-letter-action.ts';
import { recordOfAction, recordOfRefusal } from './dead-letter-record.ts';
import type { RefusedInput, ProducerSequence } from './dead-letter-record.ts';

/** Bytes of an input that are kept. With its headers a record stays below the broker's limit of 1 MiB. */
export const MAX_PAYLOAD_BYTES = 900 * 1024;

/** Dead letters whose input need not be written again. */
const MAX_REMEMBERED = 10_000;

/** The topic as far as dead letters are written to it. */
export type WrittenTopic = Pick<Topic, 'append' | 'name' | 'partitions'>;

type WriterOptions = {
  readonly maxPayloadBytes?: number;
  /** Milliseconds that a call waits for the topic, from when it comes; as long as it takes where it is absent. */
  readonly timeout?: number | undefined;
};

/** `done` rejects with Fault `dead_letters_write_failed` or `dead_letters_overdue` (retryable). Some records may have been written even then. */
export type Writing = { readonly sequences: readonly ProducerSequence[]; readonly done: Promise<void> };

/**
 * Writes dead letters to a topic. Sequence numbers ascend, and records keep the order of the calls. Calls that wait
 * during an append share the next one.
 */
export class DeadLetterWriter {
  readonly #topic: WrittenTopic;
  readonly #maxPayloadBytes: number;
  readonly #timeout: number | undefined;
  readonly #written = new Set<string>();
  readonly writer = randomUUID();
  readonly #group: GroupCommit<readonly NewRecord[], void>;
  #number = 0;

  constructor(topic: WrittenTopic, { maxPayloadBytes = MAX_PAYLOAD_BYTES, timeout }: WriterOptions = {}) {
    this.#topic = topic;
    this.#timeout = timeout;
    this.#maxPayloadBytes = maxPayloadBytes;
    this.#group = new GroupCommit<readonly NewRecord[], void>({
      commit: async (calls) => {
        await topic.append(calls.flat());
        return calls.map(() => undefined);
      },
      /* The broker may be available again later, so later calls are written. */
      onFailure: (cause) => ({ fault: writeFailed(topic.name, cause), policy: 'reject' }),
      maxWeight: Infinity,
    });
  }

  writeRefusals(refused: readonly RefusedInput[]): Writing {
    const sequences = refused.map(() => this.#sequence());
    const records = refused.map((input, index) =>
      this.#withPartition(
        input.id,
        recordOfRefusal(this.#shortened(input), sequences[index] ?? this.#sequence()),
      ),
    );
    const done = this.#write(records).then(() => this.#remember(refused));
    return { sequences, done };
  }

  writeAction(id: string, action: DeadLetterAction): Writing {
    const sequence = this.#sequence();
    return {
      sequences: [sequence],
      done: this.#write([this.#withPartition(id, recordOfAction(id, action, sequence))]),
    };
  }

  /** What waits behind an append that hangs is withdrawn at its deadline, so nobody finds it written who was refused. */
  #write(records: readonly NewRecord[]): Promise<void> {
    return withDeadline(
      this.#timeout,
      (giveUp) => this.#group.submit(records, records.length, giveUp),
      (millis) => overdue(this.#topic.name, millis),
    );
  }

  #sequence(): ProducerSequence {
    this.#number += 1;
    return { writer: this.writer, number: this.#number };
  }

  /** All records of a dead letter are on one partition, so that they have an order. */
  #withPartition(id: string, record: Omit<NewRecord, 'partition'>): NewRecord {
    return { ...record, partition: Number.parseInt(id.slice(0, 8), 16) % this.#topic.partitions };
  }

  /** The input of a refusal that repeats is written once. */
  #shortened(refused: RefusedInput): RefusedInput {
    const { id, refusal } = refused;
    const kept = this.#written.has(id) ? 0 : this.#maxPayloadBytes;
    return { ...refused, refusal: { ...refusal, bytes: refusal.bytes.subarray(0, kept) } };
  }

  #remember(refused: readonly RefusedInput[]): void {
    for (const { id } of refused) {
      this.#written.delete(id);
      this.#written.add(id);
    }
    for (const id of this.#written) {
      if (this.#written.size <= MAX_REMEMBERED) break;
      this.#written.delete(id);
    }
  }
}

function writeFailed(topic: string, cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `dead letters could not be written to topic ${topic}: ${reason}`;
  const retryable = !(cause instanceof Fault) || cause.retryable;
  return new Fault('dead_letters_write_failed', message, { cause, retryable });
}

const overdue = (topic: string, millis: number): Fault =>
  new Fault(
    'dead_letters_overdue',
    `topic ${topic} has not confirmed dead letters within ${millis / 1000} s, so it is unknown whether they are kept; send the same request again, or look at the dead letter. Nothing that was accepted of it is stored twice`,
    { retryable: true },
  );
