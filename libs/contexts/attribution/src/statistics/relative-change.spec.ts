import { describe, expect, it } from 'vitest';
import { relativeChange } from './relative-change.ts';

describe('a relative change', () => {
  it('differs between its definitions: a tiny base dominates the mean of percent changes', () => {
    const change = relativeChange([
      { more: 36, less: 38 },
      { more: 0.5, less: 2 },
    ]);
    expect(change.percentChangeOfMeans).toBeCloseTo(100 * (36.5 / 40 - 1), 10);
    expect(change.meanOfPercentChanges).toBeCloseTo((100 * (36 / 38 - 1) - 75) / 2, 10);
  });

  it('is minus 6.02 percent for the published levels 36.20 and 38.52', () => {
    expect(relativeChange([{ more: 36.2, less: 38.52 }]).percentChangeOfMeans).toBeCloseTo(-6.02, 2);
  });

  it('propagates the errors of both means', () => {
    const change = relativeChange([{ more: 12, less: 10, moreError: 0.3, lessError: 0.2 }]);
    expect(change.standardError).toBeCloseTo(100 * Math.sqrt((0.3 / 10) ** 2 + ((12 * 0.2) / 100) ** 2), 10);
    expect(change.interval?.method).toBe('delta');
  });

  it('uses Fieller where the base is less than five errors from zero', () => {
    const { interval, percentChangeOfMeans } = relativeChange([
      { more: 12, less: 10, moreError: 1, lessError: 2.5 },
    ]);
    expect(interval?.method).toBe('fieller');
    expect(interval!.low).toBeLessThan(percentChangeOfMeans);
    expect(interval!.high - percentChangeOfMeans).toBeGreaterThan(percentChangeOfMeans - interval!.low);
  });

  it('has no interval where the base may be zero', () => {
    expect(relativeChange([{ more: 12, less: 1, moreError: 1, lessError: 1 }]).interval).toBeNull();
  });
});
