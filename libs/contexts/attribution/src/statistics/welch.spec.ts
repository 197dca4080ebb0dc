import { describe, expect, it } from 'vitest';
import { borrowedComparison, pairedComparison, pooledNoise, welch } from './welch.ts';

describe('the Welch interval', () => {
  it('reproduces a worked example by hand', () => {
    const { effect, standardError, degreesOfFreedom } = welch([3, 5, 7], [1, 2, 3, 4]);
    expect(effect).toBe(2.5);
    expect(standardError).toBeCloseTo(Math.sqrt(4 / 3 + 5 / 3 / 4), 12);
    const [more, less] = [4 / 3, 5 / 12];
    expect(degreesOfFreedom).toBeCloseTo((more + less) ** 2 / (more ** 2 / 2 + less ** 2 / 3), 12);
  });

  it('has a p value of one minus its level where the interval ends at zero', () => {
    const { effect, interval } = welch([0.4, 0.9, 1.3, 0.2], [0.1, 0.3, 0.2]);
    const shifted = welch(
      [0.4, 0.9, 1.3, 0.2].map((value) => value - interval.low),
      [0.1, 0.3, 0.2],
    );
    expect(shifted.interval.low).toBeCloseTo(0, 12);
    expect(shifted.pValue).toBeCloseTo(0.05, 10);
    expect(effect).toBeGreaterThan(0);
  });

  it('is narrower for paired seeds that affect both arms alike', () => {
    const less = [1, 4, 2, 8, 5];
    const more = [1.5, 4.4, 2.6, 8.5, 5.4];
    expect(pairedComparison(more, less).pValue).toBeLessThan(1e-3);
    expect(welch(more, less).pValue).toBeGreaterThan(0.5);
  });
});

describe('borrowed noise', () => {
  it('pools the variance of the arms with several seeds, weighted by degrees of freedom', () => {
    expect(pooledNoise([[1, 3], [2, 4, 6], [9]])).toEqual({
      variance: (2 * 1 + 4 * 2) / 3,
      degreesOfFreedom: 3,
    });
  });

  it('is undefined where no arm has several seeds', () => {
    expect(pooledNoise([[1], [2]])).toBeUndefined();
  });

  it('gives an interval for a contrast of single runs', () => {
    const { interval, effect } = borrowedComparison([5], [3], { variance: 1, degreesOfFreedom: 4 });
    expect(effect).toBe(2);
    expect(interval.high - effect).toBeCloseTo(2.7764451051977934 * Math.sqrt(2), 9);
  });
});
