import { randomUUID } from 'node:crypto';
import type { NewRecord, Topic } from '@tributary/event-log';
import { Fault, GroupCommit } from '@tributary/kernel';
import type { DeadLetterAction } from './dead-letter-action.ts';
import { recordOfAction, recordOfRefusal } from './dead-letter-record.ts';
import type { RefusedInput, ProducerSequence } from './dead-letter-record.ts';

/** Bytes of an input that are kept. With its headers a record stays below the broker's limit of 1 MiB. */
export const MAX_PAYLOAD_BYTES = 900 * 1024;

/** Dead letters whose input need not be written again. */
const MAX_REMEMBERED = 10_000;

/** `done` rejects with Fault `dead_letters_write_failed`. Some records may have been written even then. */
export type Writing = { readonly sequences: readonly ProducerSequence[]; readonly done: Promise<void> };

/**
 * Writes dead letters to a topic. Sequence numbers ascend, and records keep the order of the calls. Calls that wait
 * during an append share the next one.
 */
export class DeadLetterWriter {
  readonly #topic: Pick<Topic, 'append' | 'name' | 'partitions'>;
  readonly #maxPayloadBytes: number;
  readonly #written = new Set<string>();
  readonly writer = randomUUID();
  readonly #group: GroupCommit<readonly NewRecord[], void>;
  #number = 0;

  constructor(topic: Pick<Topic, 'append' | 'name' | 'partitions'>, maxPayloadBytes = MAX_PAYLOAD_BYTES) {
    this.#topic = topic;
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
    const done = this.#group.submit(records, records.length).then(() => this.#remember(refused));
    return { sequences, done };
  }

  writeAction(id: string, action: DeadLetterAction): Writing {
    const sequence = this.#sequence();
    return {
      sequences: [sequence],
      done: this.#group.submit([this.#withPartition(id, recordOfAction(id, action, sequence))], 1),
    };
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
