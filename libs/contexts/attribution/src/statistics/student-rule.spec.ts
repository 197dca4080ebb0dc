import { expect, it } from 'vitest';
import { studentRule } from './student-rule.ts';
import type { StudentRule } from './student-rule.ts';
import { studentCdf } from './student-t.ts';

/** The sum that the rule describes. */
function probabilityBelow({ degreesOfFreedom, power, squares, weights }: StudentRule, t: number): number {
  const w = t / Math.sqrt(degreesOfFreedom + t * t);
  return 0.5 + w * squares.reduce((sum, square, at) => sum + weights[at]! * (1 - w * w * square) ** power, 0);
}

it.each([
  [3, 1e-6],
  [4, 1e-13],
  [5, 1e-9],
  [6, 1e-13],
  [7, 1e-11],
  [28, 1e-13],
  [128, 1e-13],
  [511, 1e-12],
])('has the probabilities of t with %d degrees of freedom within %d', (degrees, error) => {
  const rule = studentRule(degrees);
  let largest = 0;
  for (let t = -60; t <= 60; t += 0.037)
    largest = Math.max(largest, Math.abs(probabilityBelow(rule, t) - studentCdf(t, degrees)));
  expect(largest).toBeLessThan(error);
});
