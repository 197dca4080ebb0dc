import fc from 'fast-check';
import { expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { studentCdf, studentQuantile } from './student-t.ts';
import { welch } from './welch.ts';

it('covers the planted difference as often as its level says', () => {
  const generator = random(7);
  const arm = (centre: number, sd: number, size: number) =>
    Array.from({ length: size }, () => centre + sd * generator.normal());
  let covered = 0;
  const trials = 4000;
  for (let trial = 0; trial < trials; trial++) {
    const { interval } = welch(arm(0.3, 1, 5), arm(0, 2, 6));
    if (interval.low <= 0.3 && 0.3 <= interval.high) covered++;
  }
  expect(covered / trials).toBeGreaterThan(0.94);
  expect(covered / trials).toBeLessThan(0.965);
});

it('maps a quantile back to its probability', () => {
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const degrees = fc.double({ min: 0.5, max: 500, noNaN: true });
  fc.assert(
    fc.property(probability, degrees, (p, df) => {
      expect(studentCdf(studentQuantile(p, df), df)).toBeCloseTo(p, 10);
    }),
    { seed: 11 },
  );
});
