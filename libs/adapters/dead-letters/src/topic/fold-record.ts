import { Fault } from '@tributary/kernel';
import type { DeadLetterDraft } from '../dead-letter-draft.ts';
import { seenAgain } from '../dead-letter.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { requireParked } from '../dead-letter-reads.ts';
import { applyAction } from './dead-letter-action.ts';
import type { DeadLetterAction } from './dead-letter-action.ts';
import type { RefusedInput, DeadLetterRecord } from './dead-letter-record.ts';

/** The dead letter after a record, or why the record changed nothing. */
export type FoldOutcome = { readonly deadLetter: DeadLetter } | { readonly fault: unknown };

/**
 * Folds a record into dead letters. The order of the topic decides, so every process gets the same dead letters: of two
 * actions that settle one, the first counts. A duplicate was written before, by an attempt whose answer was lost.
 */
export function foldRecord(
  draft: DeadLetterDraft,
  record: DeadLetterRecord,
  isDuplicate: boolean,
): FoldOutcome {
  const deadLetter = draft.get(record.id);
  if (record.kind === 'came') {
    if (deadLetter && isDuplicate) return { deadLetter };
    return {
      deadLetter: deadLetter ? seenOnceMore(draft, deadLetter, record.refused) : keep(draft, record.refused),
    };
  }
  if (!deadLetter) return { fault: new Fault('dead_letter_unknown', `there is no dead letter ${record.id}`) };
  return isDuplicate ? { deadLetter } : settle(draft, deadLetter, record.action);
}

/** Clocks of processes differ: `lastSeen` is the latest time. */
function seenOnceMore(draft: DeadLetterDraft, known: DeadLetter, { refusal, at }: RefusedInput): DeadLetter {
  const deadLetter = seenAgain(known, refusal, at > known.lastSeen ? at : known.lastSeen);
  draft.set(deadLetter);
  return deadLetter;
}

/** Throws Fault `dead_letters_full` where not all inputs have space. Do not use `draft` afterwards. */
export function checkCapacity(draft: DeadLetterDraft, refused: readonly RefusedInput[]): void {
  for (const input of refused) {
    const { bytes } = input.refusal;
    if (!draft.get(input.id)) draft.set(newDeadLetter(input, bytes.length), { bytes });
  }
}

/** A new dead letter with its input, or without it where there is no space. */
function keep(draft: DeadLetterDraft, refused: RefusedInput): DeadLetter {
  const deadLetter = newDeadLetter(refused, refused.refusal.bytes.length);
  try {
    draft.set(deadLetter, { bytes: refused.refusal.bytes });
    return deadLetter;
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== 'dead_letters_full') throw fault;
    const bare = newDeadLetter(refused, 0);
    draft.set(bare);
    return bare;
  }
}

function newDeadLetter({ id, refusal, size, at }: RefusedInput, kept: number): DeadLetter {
  const deadLetter = { ...seenAgain(undefined, refusal, at), id, size };
  if (kept === size) return deadLetter;
  /* Part of the dead letter: copies are equal only while this text stays as it is. */
  const message = `${refusal.message} (${kept} of the ${size} bytes of the piece were kept)`;
  return { ...deadLetter, message, kept };
}

function settle(draft: DeadLetterDraft, known: DeadLetter, action: DeadLetterAction): FoldOutcome {
  try {
    const deadLetter = applyAction(requireParked(known), action);
    draft.set(deadLetter, deadLetter.state === 'discarded' ? { bytes: undefined } : undefined);
    return { deadLetter };
  } catch (fault) {
    return { fault };
  }
}
