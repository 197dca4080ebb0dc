import { isUtf8 } from 'node:buffer';
import type { DeadLetter as StoredDeadLetter, DeadLetters } from '@tributary/dead-letters';
import { explanationOf } from './dead-letter-explanation.ts';
import type { DeadLetter, DeadLetterCounts, DeadLetterState } from './generated/schema.ts';

/** A dead letter as an answer. Lists give no bytes. */
export const deadLetterOf = (stored: StoredDeadLetter, bytes: Buffer | undefined): DeadLetter => ({
  ...stored,
  value: stored.value ?? null,
  position: stored.position ?? null,
  explanation: explanationOf(stored),
  text: bytes?.toString('utf8') ?? null,
  lossy: bytes !== undefined && !isUtf8(bytes),
});

export function countsOf(deadLetters: DeadLetters): DeadLetterCounts {
  const { byCode, ...counts } = deadLetters.counts();
  const codes = Object.entries(byCode).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return { ...counts, byCode: codes.map(([code, count]) => ({ code, count })) };
}

type Filter = { readonly state: DeadLetterState | undefined; readonly code: string | undefined };

/** Dead letters that are read at once to count those of a code. */
const COUNTED_AT_ONCE = 1_000;

/** How many dead letters a filter matches. Those of a code are counted one by one. */
export async function totalOf(deadLetters: DeadLetters, filter: Filter): Promise<number> {
  const { parked, replayed, discarded } = deadLetters.counts();
  if (filter.code === undefined)
    return filter.state ? { parked, replayed, discarded }[filter.state] : parked + replayed + discarded;
  let total = 0;
  let after: string | undefined;
  do {
    const page = await deadLetters.list(filter, { first: COUNTED_AT_ONCE, after });
    total += page.deadLetters.length;
    after = page.next;
  } while (after !== undefined);
  return total;
}
