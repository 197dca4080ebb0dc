import { Fault } from '@tributary/kernel';
import type { DeadLetterDraft } from '../dead-letter-draft.ts';
import { seenAgain } from '../dead-letter.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { requireParked } from '../dead-letter-reads.ts';
import { applyAction } from './dead-letter-action.ts';
import type { DeadLetterAction } from './dead-letter-action.ts';
import type { RefusedInput, DeadLetterRecord } from './dead-letter-record.ts';

/** What came of a record: the letter as it is then, or why the record changed nothing. */
export type FoldOutcome = { readonly letter: DeadLetter } | { readonly fault: unknown };

/**
 * Folds a record into letters. The topic's order decides, so every process comes to the same letters: of two acts that
 * settle a letter the first one stands. A `repeat` was written before, by a try whose answer was lost.
 */
export function foldRecord(draft: DeadLetterDraft, record: DeadLetterRecord, isRepeat: boolean): FoldOutcome {
  const letter = draft.get(record.id);
  if (record.kind === 'came') {
    if (letter && isRepeat) return { letter };
    return { letter: letter ? seenOnceMore(draft, letter, record.refused) : keep(draft, record.refused) };
  }
  if (!letter) return { fault: new Fault('dead_letter_unknown', `there is no dead letter ${record.id}`) };
  return isRepeat ? { letter } : settle(draft, letter, record.act);
}

/** Clocks of processes differ; the latest time stands. */
function seenOnceMore(draft: DeadLetterDraft, known: DeadLetter, { refusal, at }: RefusedInput): DeadLetter {
  const letter = seenAgain(known, refusal, at > known.lastSeen ? at : known.lastSeen);
  draft.set(letter);
  return letter;
}

/** Throws `dead_letters_full` where they would not all find room. `draft` is of no use afterwards. */
export function checkCapacity(draft: DeadLetterDraft, arrivals: readonly RefusedInput[]): void {
  for (const arrival of arrivals) {
    const { bytes } = arrival.refusal;
    if (!draft.get(arrival.id)) draft.set(letterOf(arrival, bytes.length), { bytes });
  }
}

/** A new letter, with as much of its piece as came and has room. */
function keep(draft: DeadLetterDraft, arrival: RefusedInput): DeadLetter {
  const letter = letterOf(arrival, arrival.refusal.bytes.length);
  try {
    draft.set(letter, { bytes: arrival.refusal.bytes });
    return letter;
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== 'dead_letters_full') throw fault;
    const bare = letterOf(arrival, 0);
    draft.set(bare);
    return bare;
  }
}

function letterOf({ id, refusal, size, at }: RefusedInput, kept: number): DeadLetter {
  const letter = { ...seenAgain(undefined, refusal, at), id, size };
  if (kept === size) return letter;
  const message = `${refusal.message} (${kept} of the ${size} bytes of the piece were kept)`;
  return { ...letter, message, kept };
}

function settle(draft: DeadLetterDraft, known: DeadLetter, act: DeadLetterAction): FoldOutcome {
  try {
    const letter = applyAction(requireParked(known), act);
    draft.set(letter, letter.state === 'discarded' ? { bytes: undefined } : undefined);
    return { letter };
  } catch (fault) {
    return { fault };
  }
}
