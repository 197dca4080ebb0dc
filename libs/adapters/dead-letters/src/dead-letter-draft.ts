import { Fault } from '@tributary/kernel';
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

/** Letters as they will be after a group of changes, with the counts. */
export class DeadLetterDraft {
  readonly #records: DeadLetterStore;
  readonly #maxBytes: number;
  #letters = new Map<string, DeadLetter>();
  #pieces = new Map<string, Uint8Array | undefined>();
  #counts: DeadLetterCounts;

  constructor(records: DeadLetterStore, counts: DeadLetterCounts, maxBytes: number) {
    this.#records = records;
    this.#counts = counts;
    this.#maxBytes = maxBytes;
  }

  get(id: string): DeadLetter | undefined {
    return this.#letters.get(id) ?? this.#records.get(id);
  }

  /** `piece` where its bytes change: to others, or to none. Throws `dead_letters_full`. */
  set(letter: DeadLetter, piece?: { bytes: Uint8Array | undefined }): void {
    const known = this.get(letter.id);
    let bytes = this.#counts.bytes;
    if (piece) bytes += piece.bytes ? piece.bytes.length : -(letter.kept ?? letter.size);
    if (piece?.bytes && bytes > this.#maxBytes) {
      const message = `dead letters hold ${this.#counts.bytes} bytes and may hold ${this.#maxBytes}; replay or discard some`;
      throw new Fault('dead_letters_full', message, { retryable: true });
    }
    this.#counts = { ...counted(counted(this.#counts, known, -1), letter, 1), bytes };
    this.#letters.set(letter.id, letter);
    if (piece) this.#pieces.set(letter.id, piece.bytes);
  }

  /** Keeps all that `change` does, or, where it throws, nothing of it. */
  attempt<Outcome>(change: (draft: DeadLetterDraft) => Outcome): Outcome {
    const before = { letters: new Map(this.#letters), pieces: new Map(this.#pieces), counts: this.#counts };
    try {
      return change(this);
    } catch (error) {
      this.#letters = before.letters;
      this.#pieces = before.pieces;
      this.#counts = before.counts;
      throw error;
    }
  }

  /** `folded` where they come from a topic. */
  changes(folded?: FoldedPartition): DeadLetterChanges {
    const changes = { deadLetters: this.#letters, payloads: this.#pieces, counts: this.#counts };
    return folded ? { ...changes, folded } : changes;
  }
}

function counted(counts: DeadLetterCounts, letter: DeadLetter | undefined, by: 1 | -1): DeadLetterCounts {
  if (!letter) return counts;
  const { state, code } = letter;
  const changed = { ...counts, [state]: counts[state] + by };
  if (state !== 'parked') return changed;
  const { [code]: before = 0, ...others } = counts.byCode;
  return { ...changed, byCode: before + by === 0 ? others : { ...others, [code]: before + by } };
}
