import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { mixtureMean } from '../statistics/mixture-of-t.ts';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { chosenBy, fitSurface, newRunOf } from './response-surface.ts';
import type { ResponseSurface } from './response-surface.ts';

const curved = (x: Float64Array) => 0.5 * x[0]! + 0.9 * x[2]! - 1.5 * x[0]! * x[1]!;
const RUNS = 204;
const FAR = 10;

/** Every FAR-th run has noise of `times` the size. */
function swarm(times: number, seed: number) {
  const planted = aSwarm(curved, { mixtures: RUNS, seeds: 1, noise: 0, seed });
  const generator = random(seed);
  const values = planted.values.map(
    (value, row) => value + 0.02 * (row % FAR === 0 ? times : 1) * generator.normal(),
  );
  return { ...planted, values };
}

const fitted = (times: number, seed: number) => fitSurface(swarm(times, seed), random(seed))!;

const noiseOf = ({ draws }: ResponseSurface, row: number) =>
  draws.reduce((sum, { noise }) => sum + noise[row]!, 0) / draws.length;

const errorOf = (surface: ResponseSurface) => {
  const { shares } = aSwarm(curved, { mixtures: 40, seeds: 1, noise: 0, seed: 99 });
  const squares = shares.map((row) => (mixtureMean(newRunOf(surface, row)) - curved(row)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
};

describe('noise of many runs', () => {
  it.each([1, 2])('is normal where it was, and all runs count alike: seed %d', (seed) => {
    const surface = fitted(1, seed);
    for (const { noise } of surface.draws) expect(new Set(noise)).toEqual(new Set([1]));
    expect(chosenBy(surface, RUNS)).not.toContain('heavy');
  });

  it.each([1, 2])('has heavy tails where a few runs lie far off, and these count least: seed %d', (seed) => {
    const surface = fitted(FAR, seed);
    const rows = Array.from({ length: RUNS }, (_, row) => row);
    const meanOf = (kept: readonly number[]) =>
      kept.reduce((sum, row) => sum + noiseOf(surface, row), 0) / kept.length;
    expect(meanOf(rows.filter((row) => row % FAR === 0))).toBeGreaterThan(
      FAR * meanOf(rows.filter((row) => row % FAR !== 0)),
    );
    expect(chosenBy(surface, RUNS)).toContain('heavy tails');
  });

  it('hardly moves a surface by the few runs that lie far off, which would treble its error', () => {
    expect(errorOf(fitted(FAR, 3))).toBeLessThan(1.5 * errorOf(fitted(1, 3)));
  });

  it('is the same twice', () => {
    const [one, other] = [fitted(FAR, 4), fitted(FAR, 4)];
    expect(one.draws.map(({ noise }) => noise)).toEqual(other.draws.map(({ noise }) => noise));
    expect(one.draws.map(({ residual }) => residual)).toEqual(other.draws.map(({ residual }) => residual));
  });
});
