import { FlushWatch, withDeadline } from '@tributary/event-log';
import { Fault, GroupCommit, inTurns, rfc3339 } from '@tributary/kernel';
import type { Clock, CommitFailure } from '@tributary/kernel';
import { DeadLetterDraft, NO_DEAD_LETTERS } from './dead-letter-draft.ts';
import {
  listDeadLetters,
  openDeadLetter,
  requireDeadLetter,
  requireParked,
  wholePayload,
} from './dead-letter-reads.ts';
import { writeFailed } from './dead-letter-store.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';
import { deadLetterId, discarded, replayed, seenAgain } from './dead-letter.ts';
import type { DeadLetter, Refusal } from './dead-letter.ts';
import type {
  DeadLetterCounts,
  DeadLetterFilter,
  DeadLetterPage,
  DeadLetters,
  OpenedDeadLetter,
  Resubmit,
} from './dead-letters.ts';

/** Changes dead letters within a group, alone until it has ended. What it throws rejects its caller alone. */
type Change = (draft: DeadLetterDraft) => readonly DeadLetter[] | Promise<readonly DeadLetter[]>;

/** Dead letters that are made before others have their turn. */
const IN_A_TURN = 250;

/** Those of one group, because LMDB takes it in one go. Those of one request are in one group, however many they are. */
const IN_A_GROUP = 2_000;

/** Dead letters over any store. All changes that wait during a write share the next one. */
export class StoredDeadLetters implements DeadLetters {
  readonly #store: DeadLetterStore;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #group: GroupCommit<Change, readonly DeadLetter[]>;
  readonly #timeout: number | undefined;
  readonly #beforeFirst: () => Promise<void>;
  readonly #flush: FlushWatch;
  #counts: DeadLetterCounts;
  #closed: Fault | undefined;

  constructor(
    store: DeadLetterStore,
    options: {
      clock: Clock;
      maxBytes: number;
      timeout?: number | undefined;
      beforeFirst?: (() => Promise<void>) | undefined;
    },
  ) {
    this.#beforeFirst = options.beforeFirst ?? (() => Promise.resolve());
    this.#timeout = options.timeout;
    this.#flush = new FlushWatch(options.timeout ?? Infinity, () => performance.now(), overdue);
    this.#store = store;
    this.#clock = options.clock;
    this.#maxBytes = options.maxBytes;
    this.#counts = store.counts() ?? NO_DEAD_LETTERS;
    this.#group = new GroupCommit({
      commit: (changes) => this.#commit(changes),
      onFailure: failureOf,
      maxWeight: IN_A_GROUP,
    });
  }

  async park(refusals: readonly Refusal[]): Promise<readonly string[]> {
    if (refusals.length === 0) return [];
    const deadLetters = await this.#submit(
      (draft) =>
        inTurns(refusals, IN_A_TURN, (refusal) => {
          const before = draft.get(deadLetterId(refusal));
          const deadLetter = seenAgain(before, refusal, this.#now());
          draft.set(deadLetter, before ? undefined : { bytes: refusal.bytes });
          return deadLetter;
        }),
      refusals.length,
    );
    return deadLetters.map(({ id }) => id);
  }

  async list(
    filter: DeadLetterFilter,
    page: { first: number; after?: string | undefined },
  ): Promise<DeadLetterPage> {
    return listDeadLetters(this.#store, filter, page);
  }

  async get(id: string): Promise<OpenedDeadLetter | undefined> {
    return openDeadLetter(this.#store, id);
  }

  async replay(
    id: string,
    { actor, fixed }: { actor: string; fixed?: Uint8Array | undefined },
    submit: Resubmit,
  ): Promise<DeadLetter> {
    const deadLetter = requireParked(requireDeadLetter(this.#store, id));
    const bytes = fixed ?? wholePayload(this.#store, deadLetter);
    const outcome = await submit({ deadLetter, bytes });
    const acting = { actor, at: this.#now(), fixed: fixed !== undefined };
    return this.#change(id, (current) => replayed(current, acting, outcome));
  }

  discard(id: string, { actor, reason }: { actor: string; reason: string }): Promise<DeadLetter> {
    const acting = { actor, at: this.#now() };
    return this.#change(id, (current) => discarded(current, acting, reason));
  }

  counts(): DeadLetterCounts {
    return this.#counts;
  }

  /** Why they accept no more changes until they are opened again; undefined while they do. */
  fault(): unknown {
    return this.#group.stopped;
  }

  /** That they have been writing for longer than a change may take; undefined where they have not. */
  overdue(): Fault | undefined {
    return this.#flush.overdue();
  }

  /** That their file is not in its place, so that they will accept no more changes; undefined where it is. */
  replaced(): Fault | undefined {
    return this.#store.replaced();
  }

  async close(): Promise<void> {
    await this.#group.quiet();
    this.#closed ??= new Fault('dead_letters_closed', 'the dead letters are closed');
    await this.#store.close();
  }

  readonly #now = (): string => rfc3339(this.#clock());

  async #change(id: string, change: (deadLetter: DeadLetter) => DeadLetter): Promise<DeadLetter> {
    const before = requireDeadLetter(this.#store, id);
    const [deadLetter] = await this.#submit((draft) => {
      const changed = change(requireParked(draft.get(id) ?? before));
      draft.set(changed, changed.state === 'discarded' ? { bytes: undefined } : undefined);
      return [changed];
    });
    return deadLetter ?? before;
  }

  async #submit(change: Change, weight = 1): Promise<readonly DeadLetter[]> {
    if (this.#closed) throw this.#closed;
    return withDeadline(
      this.#timeout,
      (giveUp) => this.#group.submit(change, weight, giveUp),
      (millis) => overdue(millis / 1000),
    );
  }

  async #commit(
    changes: readonly Change[],
  ): Promise<readonly (readonly DeadLetter[] | Promise<readonly DeadLetter[]>)[]> {
    const draft = new DeadLetterDraft(this.#store, this.#counts, this.#maxBytes);
    const outcomes: Outcome[] = [];
    for (const change of changes) outcomes.push(await outcomeOf(draft, change));
    const changed = draft.changes();
    await this.#flush.during(async () => {
      if (areNone(this.#counts)) await this.#beforeFirst();
      await this.#store.write(changed);
    });
    this.#counts = changed.counts;
    return outcomes.map((outcome) => (outcome.ok ? outcome.deadLetters : Promise.reject(outcome.fault)));
  }
}

/** None was ever parked: those that are replayed or discarded are kept too. */
export const areNone = ({ parked, replayed, discarded: ended }: DeadLetterCounts): boolean =>
  parked + replayed + ended === 0;

type Outcome =
  | { readonly ok: true; readonly deadLetters: readonly DeadLetter[] }
  | { readonly ok: false; readonly fault: unknown };

async function outcomeOf(draft: DeadLetterDraft, change: Change): Promise<Outcome> {
  try {
    return { ok: true, deadLetters: await draft.attempt(change) };
  } catch (fault) {
    return { ok: false, fault };
  }
}

const overdue = (seconds: number): Fault =>
  new Fault(
    'dead_letters_overdue',
    `a write to the disk of the dead letters has not ended for ${seconds} s, so it is unknown whether the change is kept; look at the dead letter, or send the same request again. Check the disk, and what else uses it`,
    { retryable: true },
  );

/** What may be repeated has stored nothing: the next group may find room. Nothing is written after another failure. */
function failureOf(cause: unknown): CommitFailure {
  const fault = writeFailed(cause);
  return { fault, policy: fault.retryable ? 'reject' : 'stop' };
}
