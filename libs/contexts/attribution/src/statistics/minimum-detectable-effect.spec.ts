import { describe, expect, it } from 'vitest';
import { detectable, minimumDetectableEffect } from './minimum-detectable-effect.ts';

describe('the minimum detectable effect', () => {
  it.each([
    [1, 0.037],
    [2, 0.026],
    [3, 0.022],
    [5, 0.017],
    [10, 0.012],
  ])('for competition mathematics with %d seeds is the tabulated %d', (seeds, tabulated) => {
    const effect = minimumDetectableEffect({ seedSd: 0.008, seeds, accuracy: 0.14, items: 5000 });
    expect(Math.abs(effect - tabulated)).toBeLessThan(0.001);
  });

  it('is 2.8 standard errors of the contrast, and more with few degrees of freedom', () => {
    expect(detectable(0.01, 4)).toBeCloseTo(0.01 * (2.7764 + 0.941), 5);
    expect(detectable(0.01)).toBeCloseTo(0.028, 12);
  });
});
