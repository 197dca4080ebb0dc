import { Fault } from '@tributary/kernel';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter, DeadLetterPage, OpenedDeadLetter } from './dead-letters.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';

/** Newest first. Throws `dead_letter_unknown` where the page goes on after no letter. */
export function listDeadLetters(
  records: DeadLetterStore,
  filter: DeadLetterFilter,
  page: { first: number; after?: string | undefined },
): DeadLetterPage {
  const letters: DeadLetter[] = [];
  const after = page.after === undefined ? undefined : requireDeadLetter(records, page.after);
  for (const letter of records.newestFirst(after)) {
    if (filter.state !== undefined && letter.state !== filter.state) continue;
    if (filter.code !== undefined && letter.code !== filter.code) continue;
    if (letters.length === page.first) return { deadLetters: letters, next: letters.at(-1)?.id };
    letters.push(letter);
  }
  return { deadLetters: letters, next: undefined };
}

export function openDeadLetter(records: DeadLetterStore, id: string): OpenedDeadLetter | undefined {
  const letter = records.get(id);
  return letter && { deadLetter: letter, bytes: records.payload(id) };
}

export function requireDeadLetter(records: DeadLetterStore, id: string): DeadLetter {
  const letter = records.get(id);
  if (!letter) throw new Fault('dead_letter_unknown', `there is no dead letter ${id}`);
  return letter;
}

export function requireParked(letter: DeadLetter): DeadLetter {
  if (letter.state === 'parked') return letter;
  throw new Fault('dead_letter_settled', `dead letter ${letter.id} is ${letter.state} already`);
}

/** What a replay may send as it came. Throws `dead_letter_cut` where only the beginning was kept. */
export function wholePayload(records: DeadLetterStore, { id, kept, size }: DeadLetter): Buffer {
  if (kept !== undefined) {
    const message = `only ${kept} of the ${size} bytes of dead letter ${id} were kept; replay it with the whole piece in their place, or have its sender send it again and discard the letter`;
    throw new Fault('dead_letter_cut', message);
  }
  const bytes = records.payload(id);
  if (!bytes) throw new Fault('dead_letter_settled', `the piece of dead letter ${id} is gone`);
  return bytes;
}
