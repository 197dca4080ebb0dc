import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterCounts } from './dead-letters.ts';
import type { FoldedPartition, DeadLetterStore } from './dead-letter-store.ts';

export function memoryStore(): DeadLetterStore {
  const letters = new Map<string, DeadLetter>();
  const pieces = new Map<string, Buffer>();
  const folded = new Map<number, FoldedPartition>();
  let counts: DeadLetterCounts | undefined;
  return {
    get: (id) => letters.get(id),
    payload: (id) => pieces.get(id),
    counts: () => counts,
    folded: (partition) => folded.get(partition),
    newestFirst: (before) => {
      const sorted = [...letters.values()].sort((left, right) => (orderOf(left) < orderOf(right) ? 1 : -1));
      return before ? sorted.filter((letter) => orderOf(letter) < orderOf(before)) : sorted;
    },
    write: async (changes) => {
      for (const [id, letter] of changes.deadLetters) letters.set(id, letter);
      for (const [id, bytes] of changes.payloads) {
        if (bytes) pieces.set(id, Buffer.from(bytes));
        else pieces.delete(id);
      }
      if (changes.folded) folded.set(changes.folded.partition, changes.folded);
      ({ counts } = changes);
    },
    close: async () => undefined,
  };
}

const orderOf = ({ firstSeen, id }: DeadLetter): string => firstSeen + id;
