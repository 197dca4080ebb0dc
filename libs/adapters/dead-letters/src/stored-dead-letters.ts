import { Fault, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { DeadLetterDraft, NO_DEAD_LETTERS } from './dead-letter-draft.ts';
import { discarded, deadLetterId, replayed, seenAgain } from './dead-letter.ts';
import type { DeadLetter, Refusal } from './dead-letter.ts';
import type {
  DeadLetters,
  DeadLetterCounts,
  DeadLetterFilter,
  DeadLetterPage,
  OpenedDeadLetter,
  Resubmit,
} from './dead-letters.ts';
import {
  requireDeadLetter,
  listDeadLetters,
  openDeadLetter,
  requireParked,
  wholePayload,
} from './dead-letter-reads.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';

/** Changes letters within a group; throws what its caller is told. */
type Change = (draft: DeadLetterDraft) => readonly DeadLetter[];

type Waiting = {
  readonly change: Change;
  readonly resolve: (letters: readonly DeadLetter[]) => void;
  readonly reject: (fault: unknown) => void;
};

/** Dead letters over any records. All changes that wait while a write is under way share the next one. */
export class StoredDeadLetters implements DeadLetters {
  readonly #records: DeadLetterStore;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  #counts: DeadLetterCounts;
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #failure: Fault | undefined;

  constructor(records: DeadLetterStore, options: { clock: Clock; maxBytes: number }) {
    this.#records = records;
    this.#clock = options.clock;
    this.#maxBytes = options.maxBytes;
    this.#counts = records.counts() ?? NO_DEAD_LETTERS;
  }

  async park(refusals: readonly Refusal[]): Promise<readonly string[]> {
    if (refusals.length === 0) return [];
    const letters = await this.#submit((draft) =>
      refusals.map((refusal) => {
        const before = draft.get(deadLetterId(refusal));
        const letter = seenAgain(before, refusal, this.#now());
        draft.set(letter, before ? undefined : { bytes: refusal.bytes });
        return letter;
      }),
    );
    return letters.map(({ id }) => id);
  }

  async list(
    filter: DeadLetterFilter,
    page: { first: number; after?: string | undefined },
  ): Promise<DeadLetterPage> {
    return listDeadLetters(this.#records, filter, page);
  }

  async get(id: string): Promise<OpenedDeadLetter | undefined> {
    return openDeadLetter(this.#records, id);
  }

  async replay(
    id: string,
    { actor, fixed }: { actor: string; fixed?: Uint8Array | undefined },
    submit: Resubmit,
  ): Promise<DeadLetter> {
    const letter = requireParked(requireDeadLetter(this.#records, id));
    const bytes = fixed ?? wholePayload(this.#records, letter);
    const submitted = await submit({ letter, bytes });
    const acting = { actor, at: this.#now(), fixed: fixed !== undefined };
    return this.#alter(id, (current) => replayed(current, acting, submitted));
  }

  discard(id: string, { actor, reason }: { actor: string; reason: string }): Promise<DeadLetter> {
    const acting = { actor, at: this.#now() };
    return this.#alter(id, (current) => discarded(current, acting, reason));
  }

  counts(): DeadLetterCounts {
    return this.#counts;
  }

  async close(): Promise<void> {
    while (this.#running) await this.#running;
    this.#failure ??= new Fault('dead_letters_closed', 'the dead letters are closed');
    await this.#records.close();
  }

  readonly #now = (): string => rfc3339(this.#clock());

  async #alter(id: string, alter: (letter: DeadLetter) => DeadLetter): Promise<DeadLetter> {
    const before = requireDeadLetter(this.#records, id);
    const [letter] = await this.#submit((draft) => {
      const altered = alter(requireParked(draft.get(id) ?? before));
      draft.set(altered, altered.state === 'discarded' ? { bytes: undefined } : undefined);
      return [altered];
    });
    return letter ?? before;
  }

  #submit(change: Change): Promise<readonly DeadLetter[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#queue.push({ change, resolve, reject });
      return (this.#running ??= this.#drain());
    });
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#write(this.#queue.splice(0));
    this.#running = undefined;
  }

  /** What reached the disk is unknown after a failed write, so the first one is the last. */
  async #write(group: readonly Waiting[]): Promise<void> {
    const draft = new DeadLetterDraft(this.#records, this.#counts, this.#maxBytes);
    const done = group.flatMap((waiting) => {
      try {
        return { waiting, letters: draft.attempt(waiting.change) };
      } catch (fault) {
        waiting.reject(fault);
        return [];
      }
    });
    try {
      await this.#records.write(draft.changes());
      this.#counts = draft.changes().counts;
      for (const { waiting, letters } of done) waiting.resolve(letters);
    } catch (cause) {
      const message = 'dead letters could not be written; restart the server once the disk is mended';
      this.#failure = new Fault('dead_letters_write_failed', message, { cause });
      for (const { reject } of [...group, ...this.#queue.splice(0)]) reject(this.#failure);
    }
  }
}
