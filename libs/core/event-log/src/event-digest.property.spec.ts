import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestBetween, DigestSum } from './event-digest.ts';

const aHash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const aNumber = fc.integer({ min: 1, max: 2 ** 40 - 1 });
type Digested = readonly (readonly [number, string])[];
const someEvents: fc.Arbitrary<Digested> = fc.array(fc.tuple(aNumber, aHash), { maxLength: 20 });

const event = (hash: string) => ({ source: 'urn:test', type: 'test', hash });

function sumOf(events: Digested): bigint {
  const sum = new DigestSum();
  for (const [number, hash] of events) sum.add(number, event(hash));
  return sum.value;
}

it('adds up in any order and in any parts', () => {
  fc.assert(
    fc.property(someEvents, someEvents, (some, more) => {
      expect(BigInt.asUintN(64, sumOf(some) + sumOf(more))).toBe(sumOf([...more, ...some]));
      expect(digestBetween(sumOf(some), sumOf([...some, ...more]))).toBe(sumOf(more));
      const continued = new DigestSum(sumOf(some));
      for (const [number, hash] of more) continued.add(number, event(hash));
      expect(continued.value).toBe(sumOf([...some, ...more]));
    }),
  );
});

it('is another one for another event, at another position, and where two events exchange theirs', () => {
  fc.assert(
    fc.property(fc.uniqueArray(aNumber, { minLength: 2, maxLength: 2 }), aHash, aHash, ([p, q], a, b) => {
      fc.pre(p !== undefined && q !== undefined && a.slice(0, 16) !== b.slice(0, 16));
      expect(sumOf([[p, a]])).not.toBe(sumOf([[p, b]]));
      expect(sumOf([[p, a]])).not.toBe(sumOf([[q, a]]));
      expect(
        sumOf([
          [p, a],
          [q, b],
        ]),
      ).not.toBe(
        sumOf([
          [p, b],
          [q, a],
        ]),
      );
    }),
  );
});

it('spreads neighbouring positions over all 64 bits', () => {
  const hash = 'ab'.repeat(32);
  const ones = Array.from({ length: 64 }, () => 0);
  const COUNT = 20_000;
  for (let number = 1; number <= COUNT; number += 1) {
    const digest = sumOf([[number, hash]]);
    for (let bit = 0; bit < 64; bit += 1) ones[bit] = (ones[bit] ?? 0) + Number((digest >> BigInt(bit)) & 1n);
  }
  /* Five standard deviations of a fair coin. */
  for (const count of ones) expect(Math.abs(count - COUNT / 2)).toBeLessThan(5 * Math.sqrt(COUNT / 4));
});

it('adds nothing for a position without an event', () => {
  const sum = new DigestSum(7n);
  sum.add(1, { ...event(''), omitted: 'gap' });
  sum.add(2, { source: '', type: 'log:omitted:gap', hash: 'ab'.repeat(32) });
  expect(sum.value).toBe(7n);
});
