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
import { mostPower, narrowestInterval } from './narrowest-interval.fixture.ts';
import { partCoverage, PARTS, simulateSplits } from './split-coverage.fixture.ts';

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

describe('the width of an interval that holds for a plane and where the own slice bends', () => {
  it.each([24, 30, 64])(
    'is more than 1.4 oracles of the plane, whatever the method: %i mixtures',
    (mixtures) => {
      expect(narrowestInterval(TRUTHS[0]!, mixtures)).toBeGreaterThan(1.4);
    },
  );

  it('is about that of the oracle where the law bends by itself', () => {
    for (const truth of TRUTHS.slice(1, 4)) expect(narrowestInterval(truth, 30)).toBeLessThan(1.1);
  });
});

describe('an own effect of four oracle errors over 30 mixtures', () => {
  it('cannot be found in 80 % of swarms of a plane, whatever the method, if bends are no effects', () => {
    const { unbiased, any } = mostPower(TRUTHS[0]!, 30, 4);
    expect(unbiased).toBeGreaterThan(0.5);
    expect(unbiased).toBeLessThan(0.68);
    expect(any).toBeLessThan(0.77);
  });

  it('can where the law bends by itself', () => {
    for (const truth of TRUTHS.slice(1, 4)) expect(mostPower(truth, 30, 4).unbiased).toBeGreaterThan(0.8);
  });
});

describe('the parts of a proportional effect of a surface', () => {
  it.each(TRUTHS.slice(1, 3).map((truth) => [truth.name, truth] as const))('are covered: %s', (_, truth) => {
    const { covered, notSupported } = simulateSplits({ truth, mixtures: 24, repetitions: 6, seed: 1 });
    expect(notSupported).toBeLessThan(4);
    for (const name of PARTS) expect(partCoverage(covered[name])).toBeGreaterThan(0.75);
  });
});
