import { describe, expect, it } from 'vitest';
import {
  biasOf,
  coverageOf,
  foundOf,
  NOTHING,
  simulate,
  SLICES,
  TRUTHS,
  widthOf,
} from './coverage.fixture.ts';

/** Few repetitions of what the release part `coverage` repeats often: bounds are three of their standard errors wide. */
const SMALL = { mixtures: 24, repetitions: 24, seed: 1 };

describe('a surface over 24 mixtures', () => {
  it.each(TRUTHS.map((truth) => [truth.name, truth] as const))('covers every slice: %s', (_, truth) => {
    const { slices } = simulate({ ...SMALL, truth });
    for (const score of slices) {
      expect(score.answered).toBeGreaterThan(20);
      expect(coverageOf(score)).toBeGreaterThan(0.79);
      expect(Math.abs(biasOf(score))).toBeLessThan(1.2);
    }
    expect(widthOf(slices[0]!)).toBeLessThan(4.5);
  });

  it('finds nothing where there is nothing', () => {
    const { slices } = simulate({ ...SMALL, truth: NOTHING });
    const found = slices.reduce((total, score) => total + foundOf(score), 0) / SLICES.length;
    expect(found).toBeLessThan(0.12);
  });
});
