import { Fault, valueIn } from '@tributary/kernel';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterCounts } from './dead-letters.ts';
import type { DeadLetterChanges, FoldedPartition, DeadLetterStore } from './dead-letter-store.ts';

export const NO_DEAD_LETTERS: DeadLetterCounts = {
  parked: 0,
  replayed: 0,
  discarded: 0,
  byCode: {},
  bytes: 0,
};

/** Dead letters and their counts after a group of changes that is not stored yet. */
export class DeadLetterDraft {
  readonly #store: DeadLetterStore;
  readonly #maxBytes: number;
  #deadLetters = new Map<string, DeadLetter>();
  #payloads = new Map<string, Uint8Array | undefined>();
  #counts: DeadLetterCounts;

  constructor(store: DeadLetterStore, counts: DeadLetterCounts, maxBytes: number) {
    this.#store = store;
    this.#counts = counts;
    this.#maxBytes = maxBytes;
  }

  get(id: string): DeadLetter | undefined {
    return this.#deadLetters.get(id) ?? this.#store.get(id);
  }

  /** `payload` replaces or deletes the kept bytes. Throws Fault `dead_letters_full`. */
  set(deadLetter: DeadLetter, payload?: { bytes: Uint8Array | undefined }): void {
    const known = this.get(deadLetter.id);
    let bytes = this.#counts.bytes;
    if (payload) bytes += payload.bytes ? payload.bytes.length : -(deadLetter.kept ?? deadLetter.size);
    if (payload?.bytes && bytes > this.#maxBytes) {
      const message = `dead letters hold ${this.#counts.bytes} of at most ${this.#maxBytes} bytes; replay or discard some`;
      throw new Fault('dead_letters_full', message, { retryable: true });
    }
    this.#counts = { ...counted(counted(this.#counts, known, -1), deadLetter, 1), bytes };
    this.#deadLetters.set(deadLetter.id, deadLetter);
    if (payload) this.#payloads.set(deadLetter.id, payload.bytes);
  }

  /** Applies all of `change`, or nothing of it where it throws. */
  async attempt<Outcome>(change: (draft: DeadLetterDraft) => Outcome | Promise<Outcome>): Promise<Outcome> {
    const before = {
      deadLetters: new Map(this.#deadLetters),
      payloads: new Map(this.#payloads),
      counts: this.#counts,
    };
    try {
      return await change(this);
    } catch (error) {
      this.#deadLetters = before.deadLetters;
      this.#payloads = before.payloads;
      this.#counts = before.counts;
      throw error;
    }
  }

  /** `folded` is the progress of the partition that the changes come from. */
  changes(folded?: FoldedPartition): DeadLetterChanges {
    const changes = { deadLetters: this.#deadLetters, payloads: this.#payloads, counts: this.#counts };
    return folded ? { ...changes, folded } : changes;
  }
}

function counted(counts: DeadLetterCounts, deadLetter: DeadLetter | undefined, by: 1 | -1): DeadLetterCounts {
  if (!deadLetter) return counts;
  const { state, code } = deadLetter;
  const changed = { ...counts, [state]: counts[state] + by };
  if (state !== 'parked') return changed;
  const others = Object.fromEntries(Object.entries(counts.byCode).filter(([name]) => name !== code));
  const after = (valueIn(counts.byCode, code) ?? 0) + by;
  return { ...changed, byCode: after === 0 ? others : { ...others, [code]: after } };
}
