import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { mixtureInterval, mixtureMean, standardDeviation } from '../statistics/mixture-of-t.ts';
import { leftOutReach, newRunInterval } from './calibrated-interval.ts';
import { leftOutScores } from './left-out-mixtures.ts';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { fitSurface, newRunOf } from './response-surface.ts';

const curved = (x: Float64Array) => 0.5 * x[0]! + 0.9 * x[2]! - 1.5 * x[0]! * x[1]!;
const surfaceOver = (mixtures: number, seeds = 1, seed = 1) =>
  fitSurface(aSwarm(curved, { mixtures, seeds, noise: 0.05, seed }), random(1))!;

const MIDDLE = Float64Array.of(0.25, 0.25, 0.25, 0.25);

describe('the reach of intervals of new runs', () => {
  it.each([
    [19, 0.95],
    [30, 0.95],
    [30, 0.8],
    [40, 0.5],
  ])('holds as many left-out mixtures as one more would need, and no more: %d at %d', (mixtures, level) => {
    const surface = surfaceOver(mixtures);
    const reach = leftOutReach(surface, level)!;
    const held = leftOutScores(surface)
      .flat()
      .filter((score) => score <= reach);
    expect(held).toHaveLength(Math.ceil(level * (mixtures + 1) - 1e-9));
  });

  it('counts the runs of one mixture as one together', () => {
    const surface = surfaceOver(25, 3);
    const reach = leftOutReach(surface, 0.8)!;
    const parts = leftOutScores(surface).map((of) => of.filter((score) => score <= reach).length / of.length);
    const held = parts.reduce((sum, part) => sum + part, 0);
    expect(held).toBeGreaterThanOrEqual(0.8 * 26 - 1e-9);
    expect(held).toBeLessThan(0.8 * 26 + 1 / 3);
  });

  it('is unknown where too few mixtures were run for the level, and intervals are those of the posterior', () => {
    const surface = surfaceOver(18);
    expect(leftOutReach(surface, 0.95)).toBeUndefined();
    expect(leftOutReach(surface, 0.9)).toBeGreaterThan(0);
    const outcome = newRunOf(surface, MIDDLE);
    expect(newRunInterval(outcome, undefined, 0.95)).toEqual(mixtureInterval(outcome, 0.95));
  });

  it.each([0, 5, 12, 22, 23])('is none that hides a mixture which alone scores: the one at %d', (alone) => {
    const surfaceOfOne = (mixtures: number) => {
      const swarm = aSwarm(curved, { mixtures, seeds: 1, noise: 0.05, seed: 1 });
      const values = swarm.values.map((_, row) => (row === alone ? 0.4 : 0.25));
      return fitSurface({ ...swarm, values }, random(1))!;
    };
    const few = surfaceOfOne(24);
    expect(leftOutScores(few).flat().filter(Number.isNaN)).toEqual([]);
    expect(Math.max(...leftOutScores(few).flat())).toBe(Infinity);
    expect(leftOutReach(few, 0.95)).toBeUndefined();
    const many = surfaceOfOne(40);
    const reach = leftOutReach(many, 0.95)!;
    const held = leftOutScores(many)
      .flat()
      .filter((score) => score <= reach);
    expect(held).toHaveLength(39);
  });

  it('is that far from the mean, in standard deviations of the prediction', () => {
    const outcome = newRunOf(surfaceOver(30), MIDDLE);
    const { low, high } = newRunInterval(outcome, 2.5, 0.95);
    expect((low + high) / 2).toBeCloseTo(mixtureMean(outcome), 12);
    expect(high - low).toBeCloseTo(5 * standardDeviation(outcome), 12);
  });
});

describe('noise that is large in a few mixtures alone', () => {
  /** A tenth of the runs have noise of eight times the size, so that a normal noise of one size is wrong. */
  function swarm(seed: number) {
    const generator = random(seed);
    const planted = aSwarm(curved, { mixtures: 41, seeds: 1, noise: 0, seed });
    return planted.values.map(
      (value) => value + 0.02 * (generator.uniform() < 0.1 ? 8 : 1) * generator.normal(),
    );
  }

  it('is held by intervals that reach as far as left-out mixtures need', () => {
    const inside = Array.from({ length: 60 }, (_, repetition) => {
      const seed = repetition + 1;
      const { components, mixtures, shares } = aSwarm(curved, { mixtures: 41, seeds: 1, noise: 0, seed });
      const values = swarm(seed);
      const part = {
        components,
        mixtures: mixtures.slice(1),
        shares: shares.slice(1),
        values: values.slice(1),
      };
      const surface = fitSurface(part, random(seed))!;
      const outcome = newRunOf(surface, shares[0]!);
      const { low, high } = newRunInterval(outcome, leftOutReach(surface, 0.9), 0.9);
      return low <= values[0]! && values[0]! <= high;
    });
    const held = inside.filter(Boolean).length / inside.length;
    expect(Math.abs(held - 0.9)).toBeLessThan(3 * Math.sqrt((0.9 * 0.1) / inside.length));
  });
});
