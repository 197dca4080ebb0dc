import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText, numberText } from './json-text.fixture.ts';
import { findFlaw, isExactNumber, mayHaveFlaw } from './strict.ts';

describe('the quick filter', () => {
  it('never misses what the full check finds', () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(jsonText, (text) => {
        const bytes = Buffer.from(text);
        const flaw = findFlaw(bytes);
        if (flaw === undefined || flaw.code === 'too_deep') return;
        found.add(flaw.code);
        expect(mayHaveFlaw(bytes, JSON.parse(text))).toBe(true);
      }),
      { seed: 7, numRuns: 5_000 },
    );
    expect([...found].toSorted()).toEqual(['duplicate_key', 'invalid_text', 'number_not_exact']);
  });

  it('passes what programs usually write', () => {
    const value = { id: '6f1c-e4', steps: [1, 2.5, -3e-7], note: 'ü', nested: { a: null, b: [true] } };
    expect(mayHaveFlaw(Buffer.from(JSON.stringify(value)), value)).toBe(false);
  });
});

it('finds a number that is not exact, and only such numbers', () => {
  fc.assert(
    fc.property(numberText, (number) => {
      const flaw = findFlaw(Buffer.from(`{"value": ${number}}`));
      expect(flaw?.code).toBe(isExactNumber(number) ? undefined : 'number_not_exact');
    }),
    { seed: 7, numRuns: 5_000 },
  );
});

it('gives a pointer from the root for a text that is a member of another', () => {
  const flaw = findFlaw(Buffer.from('{"a":1,"a":2}'), { inside: ['data'] });
  expect(flaw).toMatchObject({ code: 'duplicate_key', pointer: '/data/a' });
});

it('knows a key from its colon, however far away that is', () => {
  const bytes = Buffer.from(`{"a"${' '.repeat(100)}:1,"a"${' '.repeat(100)}:2}`);
  expect(findFlaw(bytes)?.code).toBe('duplicate_key');
});

it('accepts every literal that a program prints for a double', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(isExactNumber(JSON.stringify(number))).toBe(true);
      expect(isExactNumber(number.toExponential())).toBe(true);
    }),
    { seed: 7, numRuns: 5000 },
  );
});

it('refuses every integer beyond 2^53 that would print differently', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }), (integer) => {
      expect(isExactNumber(String(integer))).toBe(JSON.stringify(Number(integer)) === String(integer));
    }),
    { seed: 7, numRuns: 5000 },
  );
});

it('takes no more than linear work for a number of a million digits', () => {
  const zeros = '0'.repeat(1_000_000);
  for (const number of [`0.3${zeros}7`, `3${zeros}7${zeros}`, `-0.${zeros}1${zeros}2e5`, `1${zeros}e-7`])
    expect(isExactNumber(number)).toBe(false);
  for (const number of [`0.3${zeros}`, `1${zeros}e-1000000`, `0.${zeros}`])
    expect(isExactNumber(number)).toBe(true);
});
