import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeCount } from './merge-count.ts';

/** As byte-pair encoding is defined: the first of the pairs with the lowest rank is merged, again and again. */
function countByDefinition(bytes: string, ranks: ReadonlyMap<string, number>): number {
  let tokens = bytes.split('');
  for (;;) {
    const pairs = tokens.slice(1).map((token, at) => ranks.get(`${tokens[at] ?? ''}${token}`) ?? Infinity);
    const lowest = Math.min(Infinity, ...pairs);
    if (lowest === Infinity) return tokens.length;
    const at = pairs.indexOf(lowest);
    tokens = [...tokens.slice(0, at), `${tokens[at] ?? ''}${tokens[at + 1] ?? ''}`, ...tokens.slice(at + 2)];
  }
}

const tokens = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 5 }),
  {
    maxLength: 30,
  },
);
const bytes = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 60 });

it('counts the tokens that merging by the definition leaves, for any table and any bytes', () => {
  fc.assert(
    fc.property(tokens, bytes, (table, text) => {
      const ranks = new Map(table.map((token, rank) => [token, rank]));
      expect(mergeCount(text, ranks, 5)).toBe(countByDefinition(text, ranks));
    }),
    { numRuns: 500 },
  );
});

it('asks for about as many more pairs as there are more bytes', () => {
  const asked = (length: number): number => {
    let count = 0;
    const ranks = new (class extends Map<string, number> {
      override get(token: string): number | undefined {
        count += 1;
        return /^(?:a{2}|a{4}|a{8})$/.test(token) ? token.length : undefined;
      }
    })();
    expect(mergeCount('a'.repeat(length), ranks, 8)).toBe(length / 8);
    return count;
  };
  expect(asked(64_000)).toBeLessThan(8.5 * asked(8_000));
});
