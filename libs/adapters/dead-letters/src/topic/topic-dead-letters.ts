import type { Topic, TopicFollower } from '@tributary/event-log';
import { Fault, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { DeadLetterDraft } from '../dead-letter-draft.ts';
import type { DeadLetter, Refusal } from '../dead-letter.ts';
import type {
  DeadLetters,
  DeadLetterCounts,
  DeadLetterFilter,
  DeadLetterPage,
  OpenedDeadLetter,
  Resubmit,
} from '../dead-letters.ts';
import {
  requireDeadLetter,
  listDeadLetters,
  openDeadLetter,
  requireParked,
  wholePayload,
} from '../dead-letter-reads.ts';
import type { DeadLetterStore } from '../dead-letter-store.ts';
import type { DeadLetterAction } from './dead-letter-action.ts';
import type { PendingOutcomes } from './pending-outcomes.ts';
import { checkCapacity } from './fold-record.ts';
import { refusedInput } from './dead-letter-record.ts';
import type { DeadLetterWriter, Writing } from './dead-letter-writer.ts';
import type { LocalCopy } from './local-copy.ts';

type TopicParts = {
  readonly topic: Pick<Topic, 'name' | 'partitions'>;
  readonly store: DeadLetterStore;
  readonly copy: LocalCopy;
  readonly writer: DeadLetterWriter;
  readonly pending: PendingOutcomes;
  readonly follower: TopicFollower;
  readonly clock: Clock;
  readonly maxBytes: number;
  /** Milliseconds in which a record that was written should be read back. */
  readonly timeoutMs: number;
};

export type SharedDeadLetters = DeadLetters & {
  /** Why the copy cannot follow the topic at present; undefined where it can. The copy answers in both cases. */
  fault(): unknown;
  /** Why the copy cannot be written any more until it is opened again; undefined while it can. It still answers. */
  dead(): unknown;
  /** Fault `dead_letters_truncated` where records were removed from the topic before the copy had them: it can never show those. */
  truncated(): Fault | undefined;
};

/** Dead letters that are written to a topic and read from this process's copy of it. */
export class TopicDeadLetters implements SharedDeadLetters {
  readonly #parts: TopicParts;
  #closed: Fault | undefined;

  constructor(parts: TopicParts) {
    this.#parts = parts;
  }

  async park(refusals: readonly Refusal[]): Promise<readonly string[]> {
    if (this.#closed) throw this.#closed;
    if (refusals.length === 0) return [];
    const { store, copy, writer, maxBytes } = this.#parts;
    const refused = refusals.map((refusal) => refusedInput(refusal, this.#now()));
    checkCapacity(new DeadLetterDraft(store, copy.counts(), maxBytes), refused);
    // Once the broker has them they are parked, even where the copy is late.
    await this.#written(writer.writeRefusals(refused));
    return refused.map(({ id }) => id);
  }

  async list(
    filter: DeadLetterFilter,
    page: { first: number; after?: string | undefined },
  ): Promise<DeadLetterPage> {
    return listDeadLetters(this.#parts.store, filter, page);
  }

  async get(id: string): Promise<OpenedDeadLetter | undefined> {
    return openDeadLetter(this.#parts.store, id);
  }

  async replay(
    id: string,
    { actor, fixed }: { actor: string; fixed?: Uint8Array | undefined },
    submit: Resubmit,
  ): Promise<DeadLetter> {
    this.#requireOpen();
    const { store } = this.#parts;
    const deadLetter = requireParked(requireDeadLetter(store, id));
    const bytes = fixed ?? wholePayload(store, deadLetter);
    const submitted = await submit({ deadLetter, bytes });
    const acting = { actor, at: this.#now(), fixed: fixed !== undefined };
    return this.#apply(id, { action: 'replay', acting, submitted });
  }

  async discard(id: string, { actor, reason }: { actor: string; reason: string }): Promise<DeadLetter> {
    return this.#apply(id, { action: 'discard', acting: { actor, at: this.#now() }, reason });
  }

  counts(): DeadLetterCounts {
    return this.#parts.copy.counts();
  }

  fault(): unknown {
    return this.dead() === undefined ? this.#parts.follower.fault() : undefined;
  }

  dead(): unknown {
    return this.#parts.copy.stopped();
  }

  truncated(): Fault | undefined {
    const { copy, topic } = this.#parts;
    const lacking = Array.from({ length: topic.partitions }, (_, partition) => copy.missing(partition))
      .map((missing, partition) => ({ missing, partition }))
      .filter(({ missing }) => missing > 0);
    return lacking.length === 0 ? undefined : removedRecords(topic.name, lacking);
  }

  async close(): Promise<void> {
    this.#closed ??= new Fault('dead_letters_closed', 'the dead letters are closed');
    this.#parts.pending.end(this.#closed);
    await this.#parts.follower.stop();
    await this.#parts.store.close();
  }

  readonly #now = (): string => rfc3339(this.#parts.clock());

  /** Nothing is submitted or written whose outcome would not be read back. */
  #requireOpen(): void {
    const ended = this.#closed ?? this.#parts.copy.stopped();
    if (ended) throw ended;
  }

  /** The order of the topic decides which process acted first. That is known when the record is read back. */
  async #apply(id: string, action: DeadLetterAction): Promise<DeadLetter> {
    this.#requireOpen();
    requireParked(requireDeadLetter(this.#parts.store, id));
    const [outcome] = await this.#written(this.#parts.writer.writeAction(id, action));
    if (outcome?.status === 'rejected') throw outcome.reason;
    return outcome?.value ?? requireDeadLetter(this.#parts.store, id);
  }

  /** Outcomes of records, once the copy has them. Throws where they could not be written. */
  async #written({ sequences, done }: Writing): Promise<PromiseSettledResult<DeadLetter>[]> {
    const { pending, timeoutMs } = this.#parts;
    const outcomes = Promise.allSettled(sequences.map((sequence) => pending.outcome(sequence, timeoutMs)));
    try {
      await done;
    } catch (fault) {
      pending.giveUp(sequences, fault);
      throw fault;
    }
    return outcomes;
  }
}

type Lacking = readonly { readonly partition: number; readonly missing: number }[];

const removedRecords = (topic: string, lacking: Lacking): Fault =>
  new Fault(
    'dead_letters_truncated',
    `topic ${topic} has lost records before this process read them (${lacking.map(({ partition, missing }) => `${missing} of partition ${partition}`).join(', ')}), so dead letters are missing here and in its counts. Keep the records of the topic for ever, and copy the directory of dead letters of an api that has them, if there is one`,
  );
