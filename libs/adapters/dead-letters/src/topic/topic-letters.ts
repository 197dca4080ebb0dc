import type { Following } from '@tributary/event-log';
import { Fault, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { Accounts } from '../accounts.ts';
import type { DeadLetter, Refusal } from '../dead-letter.ts';
import type {
  DeadLetters,
  LetterCounts,
  LetterFilter,
  LetterPage,
  OpenedLetter,
  Submit,
} from '../dead-letters.ts';
import { known, listed, opened, unsettled, wholePiece } from '../reading.ts';
import type { Records } from '../records.ts';
import type { Act } from './act.ts';
import type { Awaited } from './awaited.ts';
import { checkRoom } from './fold-record.ts';
import { arrivalOf } from './letter-record.ts';
import type { LetterWriter, Writing } from './letter-writer.ts';
import type { LocalCopy } from './local-copy.ts';

type Parts = {
  readonly records: Records;
  readonly copy: LocalCopy;
  readonly writer: LetterWriter;
  readonly awaited: Awaited;
  readonly following: Following;
  readonly clock: Clock;
  readonly maxBytes: number;
  /** Milliseconds in which what was written should come back. */
  readonly patience: number;
};

export type SharedLetters = DeadLetters & {
  /** What keeps the copy from following the topic at present, if anything. It answers all the same. */
  fault(): unknown;
};

/** Dead letters of a topic: written there, read from a copy of its own. */
export class TopicLetters implements SharedLetters {
  readonly #parts: Parts;
  #closed: Fault | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async park(refusals: readonly Refusal[]): Promise<readonly string[]> {
    if (this.#closed) throw this.#closed;
    if (refusals.length === 0) return [];
    const { records, copy, writer, maxBytes } = this.#parts;
    const arrivals = refusals.map((refusal) => arrivalOf(refusal, this.#now()));
    checkRoom(new Accounts(records, copy.counts(), maxBytes), arrivals);
    // The broker has them then. That the copy is late is no reason to refuse.
    await this.#written(writer.came(arrivals));
    return arrivals.map(({ id }) => id);
  }

  async list(filter: LetterFilter, page: { first: number; after?: string | undefined }): Promise<LetterPage> {
    return listed(this.#parts.records, filter, page);
  }

  async get(id: string): Promise<OpenedLetter | undefined> {
    return opened(this.#parts.records, id);
  }

  async replay(
    id: string,
    { actor, fixed }: { actor: string; fixed?: Uint8Array | undefined },
    submit: Submit,
  ): Promise<DeadLetter> {
    const { records } = this.#parts;
    const letter = unsettled(known(records, id));
    const bytes = fixed ?? wholePiece(records, letter);
    const submitted = await submit({ letter, bytes });
    const acting = { actor, at: this.#now(), fixed: fixed !== undefined };
    return this.#act(id, { action: 'replay', acting, submitted });
  }

  async discard(id: string, { actor, reason }: { actor: string; reason: string }): Promise<DeadLetter> {
    return this.#act(id, { action: 'discard', acting: { actor, at: this.#now() }, reason });
  }

  counts(): LetterCounts {
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
  async #act(id: string, act: Act): Promise<DeadLetter> {
    if (this.#closed) throw this.#closed;
    unsettled(known(this.#parts.records, id));
    const [outcome] = await this.#written(this.#parts.writer.act(id, act));
    if (outcome?.status === 'rejected') throw outcome.reason;
    return outcome?.value ?? known(this.#parts.records, id);
  }

  /** What came of records, once they are in the copy. Throws where they could not be written. */
  async #written({ tickets, done }: Writing): Promise<PromiseSettledResult<DeadLetter>[]> {
    const { awaited, patience } = this.#parts;
    const outcomes = Promise.allSettled(tickets.map((ticket) => awaited.outcome(ticket, patience)));
    try {
      await done;
    } catch (fault) {
      awaited.giveUp(tickets, fault);
      throw fault;
    }
    return outcomes;
  }
}
