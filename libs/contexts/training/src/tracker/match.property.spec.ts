import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matches } from '../index.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '%', '_', '.', '\n', '😀'), maxLength: 12 });

const byRegularExpression = (value: string, pattern: string, flags: string): boolean => {
  const parts = Array.from(pattern, (character) => {
    if (character === '%') return '.*';
    return character === '_' ? '.' : character.replace('.', String.raw`\.`);
  });
  return new RegExp(`^${parts.join('')}$`, `su${flags}`).test(value);
};

it.each([
  ['LIKE', ''],
  ['ILIKE', 'i'],
] as const)('matches %s as the regular expression of the pattern does', (operator, flags) => {
  fc.assert(
    fc.property(text, text, (value, pattern) => {
      const condition = { kind: 'attribute', key: 'name', operator, value: pattern } as const;
      expect(matches({ attributes: { name: value } }, [condition])).toBe(
        byRegularExpression(value, pattern, flags),
      );
    }),
    { numRuns: 2000 },
  );
});
