import { describe, expect, it } from 'vitest';
import { detectable, minimumDetectableEffect } from './minimum-detectable-effect.ts';
import { relativeChange } from './relative-change.ts';

describe('a relative change', () => {
  it('keeps both definitions apart: a tiny base rules the mean of ratios', () => {
    const change = relativeChange([
      { more: 36, less: 38 },
      { more: 0.5, less: 2 },
    ]);
    expect(change.ratioOfMeans).toBeCloseTo(100 * (36.5 / 40 - 1), 10);
    expect(change.meanOfRatios).toBeCloseTo((100 * (36 / 38 - 1) - 75) / 2, 10);
  });

  it('reads the published levels 36.20 and 38.52 as minus 6.02 percent', () => {
    expect(relativeChange([{ more: 36.2, less: 38.52 }]).ratioOfMeans).toBeCloseTo(-6.02, 2);
  });

  it('carries the errors of both means into the ratio', () => {
    const change = relativeChange([{ more: 12, less: 10, moreError: 0.3, lessError: 0.2 }]);
    expect(change.standardError).toBeCloseTo(100 * Math.sqrt((0.3 / 10) ** 2 + ((12 * 0.2) / 100) ** 2), 10);
    expect(change.interval?.method).toBe('delta');
  });

  it('turns to Fieller where the base is less than five errors from zero', () => {
    const { interval, ratioOfMeans } = relativeChange([{ more: 12, less: 10, moreError: 1, lessError: 2.5 }]);
    expect(interval?.method).toBe('fieller');
    expect(interval!.low).toBeLessThan(ratioOfMeans);
    expect(interval!.high - ratioOfMeans).toBeGreaterThan(ratioOfMeans - interval!.low);
  });

  it('has no interval where the base may be zero', () => {
    expect(relativeChange([{ more: 12, less: 1, moreError: 1, lessError: 1 }]).interval).toBeNull();
  });
});

describe('the minimum detectable effect', () => {
  it.each([
    [1, 0.037],
    [2, 0.026],
    [3, 0.022],
    [5, 0.017],
    [10, 0.012],
  ])('for competition mathematics with %d seeds is the published %d', (seeds, published) => {
    const effect = minimumDetectableEffect({ seedSd: 0.008, seeds, accuracy: 0.14, items: 5000 });
    expect(Math.abs(effect - published)).toBeLessThan(0.001);
  });

  it('is 2.8 standard errors of the contrast', () => {
    expect(detectable(0.01)).toBeCloseTo(0.028, 12);
  });
});
