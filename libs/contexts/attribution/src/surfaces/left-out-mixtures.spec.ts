import { describe, expect, it } from 'vitest';
import { cholesky, solve } from '../numerics/cholesky.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { random } from '../numerics/random.ts';
import { studentCdf } from '../statistics/student-t.ts';
import { leftOutProbabilities, leftOutScores } from './left-out-mixtures.ts';
import { condition } from './log-posterior.ts';
import { covarianceOfRuns } from './log-share-process.ts';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { fitSurface } from './response-surface.ts';
import type { ResponseSurface } from './response-surface.ts';
import { clusters } from './surface.ts';

const curved = (x: Float64Array) => 0.5 * x[0]! + 0.9 * x[2]! - 1.5 * x[0]! * x[1]!;

/** Variance of the mean, in units of the noise: so large that it is as good as unknown. */
const UNKNOWN = 1e5;

/** The t of the mean of runs by conditioning a normal distribution of all runs on others, with a mean of large variance. */
function conditioned(
  { observations, draws: [draw], centre }: ResponseSurface,
  block: readonly number[],
  left = block,
) {
  const { values } = observations;
  // A run that is predicted has the noise of a new run.
  const noises = draw!.noise.map((noise, row) => (left.includes(row) ? 1 : noise));
  const lower = covarianceOfRuns(draw!.process, values.length);
  const at = (row: number, of: number) =>
    lower[Math.max(row, of) * values.length + Math.min(row, of)]! + UNKNOWN + (row === of ? noises[row]! : 0);
  const others = [...values.keys()].filter((row) => !left.includes(row));
  const matrix = Float64Array.from(others.flatMap((row) => others.map((of) => at(row, of))));
  const factor = cholesky(matrix, others.length)!;
  const known = Float64Array.from(others, (row) => values[row]! - centre);
  const weights = solve(factor, known);
  const mean = (of: (row: number) => number) => block.reduce((sum, row) => sum + of(row), 0) / block.length;
  const covariances = Float64Array.from(others, (of) => mean((row) => at(row, of)));
  const predicted = dotProduct(covariances, weights);
  const own = mean((row) => mean((of) => at(row, of)));
  const degrees = others.length - 1;
  const noise = dotProduct(known, weights) / degrees;
  const scale = Math.sqrt(noise * (own - dotProduct(covariances, solve(factor, covariances))));
  return { t: (mean((row) => values[row]! - centre) - predicted) / scale, degrees };
}

/** A draw of a surface whose runs have noise of their own. */
function withNoise({ observations, centre }: ResponseSurface, noiseOf: (row: number) => number) {
  const { components, shares } = observations;
  const values = observations.values.map((value) => value - centre);
  const flat = Float64Array.from(shares.flatMap((row) => [...row]));
  const runs = {
    shares: flat,
    slices: components.length,
    values,
    noise: values.map((_, row) => noiseOf(row)),
  };
  return condition(runs, Float64Array.of(-0.5, 0.2, -0.4, 0.3, 0.5, -0.2, 0.1))!;
}

describe('mixtures that are left out', () => {
  it.each([
    [1, 'alike', () => 1],
    [3, 'alike', () => 1],
    [1, 'unlike', (row: number) => 0.4 + (row % 5)],
    [3, 'unlike', (row: number) => 0.4 + (row % 5)],
  ])('are predicted as by a process over the other runs: %d runs each, noise %s', (seeds, _, noiseOf) => {
    const surface = fitSurface(aSwarm(curved, { mixtures: 14, seeds, noise: 0.05 }), random(1))!;
    const single = { ...surface, draws: [withNoise(surface, noiseOf)] };
    const { names, of } = clusters(surface.observations);
    const blocks = names.map((_, mixture) => [...of.keys()].filter((row) => of[row] === mixture));
    for (const [mixture, below] of leftOutProbabilities(single).entries()) {
      const { t, degrees } = conditioned(single, blocks[mixture]!);
      expect(below).toBeCloseTo(studentCdf(t, degrees), 3);
    }
    for (const [mixture, scores] of leftOutScores(single).entries()) {
      const block = blocks[mixture]!;
      expect(scores).toHaveLength(seeds);
      for (const [at, score] of scores.entries()) {
        const { t, degrees } = conditioned(single, [block[at]!], block);
        expect(score).toBeCloseTo(Math.abs(t) / Math.sqrt(degrees / (degrees - 2)), 3);
      }
    }
  });

  it('fall evenly over what was predicted', () => {
    const found = Array.from({ length: 12 }, (_, seed) =>
      leftOutProbabilities(
        fitSurface(aSwarm(curved, { mixtures: 24, seeds: 1, noise: 0.05, seed }), random(seed))!,
      ),
    ).flat();
    for (const level of [0.1, 0.5, 0.9]) {
      const share = found.filter((below) => below < level).length / found.length;
      expect(Math.abs(share - level)).toBeLessThan(0.08);
    }
  });
});
