import type { DeadLetter } from './dead-letter.ts';
import type { LetterCounts } from './dead-letters.ts';
import type { Folded, Records } from './records.ts';

export function memoryRecords(): Records {
  const letters = new Map<string, DeadLetter>();
  const pieces = new Map<string, Buffer>();
  const folded = new Map<number, Folded>();
  let counts: LetterCounts | undefined;
  return {
    get: (id) => letters.get(id),
    piece: (id) => pieces.get(id),
    counts: () => counts,
    folded: (partition) => folded.get(partition),
    newestFirst: (before) => {
      const sorted = [...letters.values()].sort((left, right) => (orderOf(left) < orderOf(right) ? 1 : -1));
      return before ? sorted.filter((letter) => orderOf(letter) < orderOf(before)) : sorted;
    },
    write: async (changes) => {
      for (const [id, letter] of changes.letters) letters.set(id, letter);
      for (const [id, bytes] of changes.pieces) {
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
