import { Fault, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { Accounts, NO_LETTERS } from './accounts.ts';
import { discarded, letterId, replayed, seenAgain } from './dead-letter.ts';
import type { DeadLetter, Refusal } from './dead-letter.ts';
import type {
  DeadLetters,
  LetterCounts,
  LetterFilter,
  LetterPage,
  OpenedLetter,
  Submit,
} from './dead-letters.ts';
import { known, listed, opened, unsettled, wholePiece } from './reading.ts';
import type { Records } from './records.ts';

/** Changes letters within a group; throws what its caller is told. */
type Change = (draft: Accounts) => readonly DeadLetter[];

type Waiting = {
  readonly change: Change;
  readonly resolve: (letters: readonly DeadLetter[]) => void;
  readonly reject: (fault: unknown) => void;
};

/** Dead letters over any records. All changes that wait while a write is under way share the next one. */
export class Parking implements DeadLetters {
  readonly #records: Records;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  #counts: LetterCounts;
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #failure: Fault | undefined;

  constructor(records: Records, options: { clock: Clock; maxBytes: number }) {
    this.#records = records;
    this.#clock = options.clock;
    this.#maxBytes = options.maxBytes;
    this.#counts = records.counts() ?? NO_LETTERS;
  }

  async park(refusals: readonly Refusal[]): Promise<readonly string[]> {
    if (refusals.length === 0) return [];
    const letters = await this.#submit((draft) =>
      refusals.map((refusal) => {
        const before = draft.get(letterId(refusal));
        const letter = seenAgain(before, refusal, this.#now());
        draft.set(letter, before ? undefined : { bytes: refusal.bytes });
        return letter;
      }),
    );
    return letters.map(({ id }) => id);
  }

  async list(filter: LetterFilter, page: { first: number; after?: string | undefined }): Promise<LetterPage> {
    return listed(this.#records, filter, page);
  }

  async get(id: string): Promise<OpenedLetter | undefined> {
    return opened(this.#records, id);
  }

  async replay(
    id: string,
    { actor, fixed }: { actor: string; fixed?: Uint8Array | undefined },
    submit: Submit,
  ): Promise<DeadLetter> {
    const letter = unsettled(known(this.#records, id));
    const bytes = fixed ?? wholePiece(this.#records, letter);
    const submitted = await submit({ letter, bytes });
    const acting = { actor, at: this.#now(), fixed: fixed !== undefined };
    return this.#alter(id, (current) => replayed(current, acting, submitted));
  }

  discard(id: string, { actor, reason }: { actor: string; reason: string }): Promise<DeadLetter> {
    const acting = { actor, at: this.#now() };
    return this.#alter(id, (current) => discarded(current, acting, reason));
  }

  counts(): LetterCounts {
    return this.#counts;
  }

  async close(): Promise<void> {
    while (this.#running) await this.#running;
    this.#failure ??= new Fault('dead_letters_closed', 'the dead letters are closed');
    await this.#records.close();
  }

  readonly #now = (): string => rfc3339(this.#clock());

  async #alter(id: string, alter: (letter: DeadLetter) => DeadLetter): Promise<DeadLetter> {
    const before = known(this.#records, id);
    const [letter] = await this.#submit((draft) => {
      const altered = alter(unsettled(draft.get(id) ?? before));
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
    const draft = new Accounts(this.#records, this.#counts, this.#maxBytes);
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
