import { describe, expect, it } from 'vitest';
import { fTail, logGamma } from '../numerics/incomplete-beta.ts';
import { studentCdf, studentQuantile, twoSidedP } from './student-t.ts';

describe('the Student t distribution', () => {
  it.each([-40, -3.1, -0.2, 0, 0.7, 2.5, 12])(
    'agrees with its closed forms for one, two and three degrees at %d',
    (t) => {
      const one = 0.5 + Math.atan(t) / Math.PI;
      const two = 0.5 + t / (2 * Math.sqrt(2 + t * t));
      const root = t / Math.sqrt(3);
      const three = 0.5 + (root / (1 + root * root) + Math.atan(root)) / Math.PI;
      expect(studentCdf(t, 1)).toBeCloseTo(one, 12);
      expect(studentCdf(t, 2)).toBeCloseTo(two, 12);
      expect(studentCdf(t, 3)).toBeCloseTo(three, 12);
    },
  );

  it.each([
    [0.975, 1, 12.706204736174698],
    [0.975, 4, 2.7764451051977934],
    [0.975, 10, 2.228138851986273],
    [0.995, 30, 2.7499956535672],
  ])('has the tabulated quantile of %d at %d degrees of freedom', (probability, degrees, tabulated) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(tabulated, 10);
  });

  it('inverts the closed form for five degrees', () => {
    const angle = Math.atan(studentQuantile(0.95, 5) / Math.sqrt(5));
    const inside =
      (2 / Math.PI) * (angle + Math.sin(angle) * Math.cos(angle) * (1 + (2 / 3) * Math.cos(angle) ** 2));
    expect(inside).toBeCloseTo(0.9, 12);
  });

  it('approaches the normal quantile as the degrees of freedom grow', () => {
    expect(studentQuantile(0.975, 1e7)).toBeCloseTo(1.959963984540054, 5);
  });

  it('keeps the relative accuracy of a far tail', () => {
    expect(twoSidedP(30, 2) / (1 / (1 + 900 / 2 + Math.sqrt((900 / 2) * (1 + 900 / 2))))).toBeCloseTo(1, 8);
  });
});

describe('related functions', () => {
  it('give a squared t the F tail with one degree in the numerator', () => {
    expect(fTail(2.3 ** 2, 1, 7.5)).toBeCloseTo(twoSidedP(2.3, 7.5), 12);
  });

  it('give factorials and the root of pi through the logarithm of gamma', () => {
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });
});
