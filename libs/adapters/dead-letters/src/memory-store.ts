import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterCounts } from './dead-letters.ts';
import type { FoldedPartition, DeadLetterStore } from './dead-letter-store.ts';

/** Dead letters in memory, for tests. */
export function memoryStore(): DeadLetterStore {
  const deadLetters = new Map<string, DeadLetter>();
  const payloads = new Map<string, Buffer>();
  const folded = new Map<number, FoldedPartition>();
  let counts: DeadLetterCounts | undefined;
  return {
    get: (id) => deadLetters.get(id),
    payload: (id) => payloads.get(id),
    counts: () => counts,
    folded: (partition) => folded.get(partition),
    newestFirst: (before) => {
      const sorted = [...deadLetters.values()].sort((left, right) =>
        orderOf(left) < orderOf(right) ? 1 : -1,
      );
      return before ? sorted.filter((deadLetter) => orderOf(deadLetter) < orderOf(before)) : sorted;
    },
    write: async (changes) => {
      for (const [id, deadLetter] of changes.deadLetters) deadLetters.set(id, deadLetter);
      for (const [id, bytes] of changes.payloads) {
        if (bytes) payloads.set(id, Buffer.from(bytes));
        else payloads.delete(id);
      }
      if (changes.folded) folded.set(changes.folded.partition, changes.folded);
      ({ counts } = changes);
    },
    replaced: () => undefined,
    close: async () => undefined,
  };
}

const orderOf = ({ firstSeen, id }: DeadLetter): string => firstSeen + id;
