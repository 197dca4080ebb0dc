import type { TopicFollower } from '@tributary/event-log';
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
  readonly records: DeadLetterStore;
  readonly copy: LocalCopy;
  readonly writer: DeadLetterWriter;
  readonly awaited: PendingOutcomes;
  readonly following: TopicFollower;
  readonly clock: Clock;
  readonly maxBytes: number;
  /** Milliseconds in which what was written should come back. */
  readonly timeoutMs: number;
};

export type SharedDeadLetters = DeadLetters & {
  /** What keeps the copy from following the topic at present, if anything. It answers all the same. */
  fault(): unknown;
};

/** Dead letters of a topic: written there, read from a copy of its own. */
export class TopicDeadLetters implements SharedDeadLetters {
  readonly #parts: TopicParts;
  #closed: Fault | undefined;

  constructor(parts: TopicParts) {
    this.#parts = parts;
  }

  async park(refusals: readonly Refusal[]): Promise<readonly string[]> {
    if (this.#closed) throw this.#closed;
    if (refusals.length === 0) return [];
    const { records, copy, writer, maxBytes } = this.#parts;
    const arrivals = refusals.map((refusal) => refusedInput(refusal, this.#now()));
    checkCapacity(new DeadLetterDraft(records, copy.counts(), maxBytes), arrivals);
    // The broker has them then. That the copy is late is no reason to refuse.
    await this.#written(writer.writeRefusals(arrivals));
    return arrivals.map(({ id }) => id);
  }

  async list(
    filter: DeadLetterFilter,
    page: { first: number; after?: string | undefined },
  ): Promise<DeadLetterPage> {
    return listDeadLetters(this.#parts.records, filter, page);
  }

  async get(id: string): Promise<OpenedDeadLetter | undefined> {
    return openDeadLetter(this.#parts.records, id);
  }

  async replay(
    id: string,
    { actor, fixed }: { actor: string; fixed?: Uint8Array | undefined },
    submit: Resubmit,
  ): Promise<DeadLetter> {
    const { records } = this.#parts;
    const letter = requireParked(requireDeadLetter(records, id));
    const bytes = fixed ?? wholePayload(records, letter);
    const submitted = await submit({ letter, bytes });
    const acting = { actor, at: this.#now(), fixed: fixed !== undefined };
    return this.#act(id, { action: 'replay', acting, submitted });
  }

  async discard(id: string, { actor, reason }: { actor: string; reason: string }): Promise<DeadLetter> {
    return this.#act(id, { action: 'discard', acting: { actor, at: this.#now() }, reason });
  }

  counts(): DeadLetterCounts {
    return this.#parts.copy.counts();
  }

  fault(): unknown {
    return this.#parts.following.fault();
  }

  async close(): Promise<void> {
    this.#closed ??= new Fault('dead_letters_closed', 'the dead letters are closed');
    this.#parts.awaited.close(this.#closed);
    await this.#parts.following.stop();
    await this.#parts.records.close();
  }

  readonly #now = (): string => rfc3339(this.#parts.clock());

  /** The topic's order decides whether somebody else was first; that is known when the act comes back. */
  async #act(id: string, act: DeadLetterAction): Promise<DeadLetter> {
    if (this.#closed) throw this.#closed;
    requireParked(requireDeadLetter(this.#parts.records, id));
    const [outcome] = await this.#written(this.#parts.writer.writeAction(id, act));
    if (outcome?.status === 'rejected') throw outcome.reason;
    return outcome?.value ?? requireDeadLetter(this.#parts.records, id);
  }

  /** What came of records, once they are in the copy. Throws where they could not be written. */
  async #written({ sequences, done }: Writing): Promise<PromiseSettledResult<DeadLetter>[]> {
    const { awaited, timeoutMs } = this.#parts;
    const outcomes = Promise.allSettled(sequences.map((ticket) => awaited.outcome(ticket, timeoutMs)));
    try {
      await done;
    } catch (fault) {
      awaited.giveUp(sequences, fault);
      throw fault;
    }
    return outcomes;
  }
}
