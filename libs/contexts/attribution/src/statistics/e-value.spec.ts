import { expect, it } from 'vitest';
import { eValue, ratioOfDifference } from './e-value.ts';

it.each([
  [3.9, 7.26],
  [1.8, 3],
  [1, 1],
])('the E-value of a risk ratio of %d is %d, as published', (ratio, published) => {
  expect(eValue(ratio)).toBeCloseTo(published, 2);
  expect(eValue(1 / ratio)).toBeCloseTo(eValue(ratio), 12);
});

it('grows with the difference in either direction, and does not depend on the unit of the outcome', () => {
  const of = (difference: number, spread: number) => eValue(ratioOfDifference(difference, spread));
  expect(of(0.5, 1)).toBeCloseTo(2.53, 2);
  expect(of(-0.5, 1)).toBeCloseTo(of(0.5, 1), 12);
  expect(of(50, 100)).toBeCloseTo(of(0.5, 1), 12);
  expect(of(0.6, 1)).toBeGreaterThan(of(0.5, 1));
  expect(of(0, 1)).toBe(1);
});
