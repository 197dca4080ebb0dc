import { expect, it } from 'vitest';
import { binomialTail } from './binomial.ts';

it.each([
  [0, 10, 0.3, 1],
  [1, 1, 0.25, 0.25],
  [2, 3, 0.5, 0.5],
  [5, 24, 0.05, 0.0059746],
  [11, 10, 0.5, 0],
])('gives the chance of at least %d of %d at a rate of %d', (least, trials, rate, expected) => {
  expect(binomialTail(least, trials, rate)).toBeCloseTo(expected, 5);
});

it('adds up the chances of every count', () => {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
  for (const rate of [0.01, 0.4, 0.9])
    for (let least = 0; least <= 12; least++) {
      const counts = Array.from({ length: 13 - least }, (_, more) => least + more);
      const sum = counts.reduce((total, k) => total + choose(12, k) * rate ** k * (1 - rate) ** (12 - k), 0);
      expect(binomialTail(least, 12, rate)).toBeCloseTo(sum, 10);
    }
});
