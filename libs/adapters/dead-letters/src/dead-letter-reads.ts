import { Fault } from '@tributary/kernel';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter, DeadLetterPage, OpenedDeadLetter } from './dead-letters.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';

/** Newest first. Throws Fault `dead_letter_unknown` where `after` is the id of no dead letter. */
export function listDeadLetters(
  store: DeadLetterStore,
  filter: DeadLetterFilter,
  page: { first: number; after?: string | undefined },
): DeadLetterPage {
  const deadLetters: DeadLetter[] = [];
  const after = page.after === undefined ? undefined : requireDeadLetter(store, page.after);
  for (const deadLetter of store.newestFirst(after)) {
    if (filter.state !== undefined && deadLetter.state !== filter.state) continue;
    if (filter.code !== undefined && deadLetter.code !== filter.code) continue;
    if (deadLetters.length === page.first) return { deadLetters: deadLetters, next: deadLetters.at(-1)?.id };
    deadLetters.push(deadLetter);
  }
  return { deadLetters: deadLetters, next: undefined };
}

export function openDeadLetter(store: DeadLetterStore, id: string): OpenedDeadLetter | undefined {
  const deadLetter = store.get(id);
  return deadLetter && { deadLetter: deadLetter, bytes: store.payload(id) };
}

export function requireDeadLetter(store: DeadLetterStore, id: string): DeadLetter {
  const deadLetter = store.get(id);
  if (!deadLetter) throw new Fault('dead_letter_unknown', `there is no dead letter ${id}`);
  return deadLetter;
}

export function requireParked(deadLetter: DeadLetter): DeadLetter {
  if (deadLetter.state === 'parked') return deadLetter;
  throw new Fault('dead_letter_settled', `dead letter ${deadLetter.id} is ${deadLetter.state} already`);
}

/** The input as it was received. Throws Fault `dead_letter_truncated` where only its beginning was kept. */
export function wholePayload(store: DeadLetterStore, { id, kept, size }: DeadLetter): Buffer {
  if (kept !== undefined) {
    const message = `only ${kept} of the ${size} bytes of dead letter ${id} were kept; replay it with the whole input as the fixed text, or have its sender send it again and discard the dead letter`;
    throw new Fault('dead_letter_truncated', message);
  }
  const bytes = store.payload(id);
  if (!bytes) throw new Fault('dead_letter_settled', `the input of dead letter ${id} was deleted`);
  return bytes;
}
