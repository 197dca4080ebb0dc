import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { detectableEffect } from '../statistics/detection.ts';
import { minimumDetectableEffect } from '../statistics/minimum-detectable-effect.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import { aSwarm } from '../surfaces/planted-surfaces.fixture.ts';
import { detectableByRuns } from './ablation-detection.ts';
import { launches } from './ablation-launches.ts';
import type { ArmSeeds } from './ablation-launches.ts';
import { newSeeds } from './planned-runs.ts';
import { simulatedContrast } from './simulated-contrast.ts';
import { shareFound, swarmsThatRan } from './simulated-plans.fixture.ts';
import { bestCandidate, standardErrorOf, surfaceDesign, withRun } from './surface-design.ts';

const noiseOf = (variance: number, degreesOfFreedom: number) => ({
  run: { variance, degreesOfFreedom },
  difference: { variance: 2 * variance, degreesOfFreedom },
});

const noRuns = { name: 'none', arms: [], runs: [] };
const seedsOf = (more: number, less: number, shared: number): ArmSeeds => ({
  more: Array.from({ length: more }, (_, index) => `m${index}`),
  less: Array.from({ length: less }, (_, index) => (index < shared ? `m${index}` : `l${index}`)),
});

/** What a plan of twelve runs would find, with a power of 0.8. */
function plan(noise: ReturnType<typeof noiseOf>, seeds: ArmSeeds, randomSeed: number) {
  const newSeed = newSeeds(noRuns);
  const goal = { level: 0.95, power: 0.8, effect: undefined, limit: 12, randomSeed };
  return detectableByRuns(noise, seeds, launches(seeds, 12, { newSeed }), goal).detectable;
}

describe('the detectable effect of an ablation', () => {
  const neverGrows = (noise: ReturnType<typeof noiseOf>, seeds: ArmSeeds, randomSeed: number) => {
    const found = plan(noise, seeds, randomSeed).map((row) => row.minimumDetectableEffect!);
    for (const [index, effect] of found.slice(1).entries())
      expect(effect).toBeLessThanOrEqual(found[index]! * 1.005);
  };

  it('never grows while an ablation is compared in one way, however many seeds either arm has', () => {
    const seeds = fc.integer({ min: 3, max: 9 });
    const property = fc.property(
      seeds,
      seeds,
      fc.integer({ min: 2, max: 12 }),
      fc.nat(),
      (more, less, df, seed) => {
        neverGrows(noiseOf(1, df), seedsOf(more, less, 0), seed);
        neverGrows(noiseOf(1, df), seedsOf(more, more, more), seed);
      },
    );
    fc.assert(property, { numRuns: 6, seed: 1 });
  });

  it('is 2.8 sqrt(2 s² / S) for many seeds and a known noise', () => {
    const simulate = simulatedContrast(noiseOf(0.04, 400), { level: 0.95, randomSeed: 1, most: 120 });
    for (const shared of [0, 120]) {
      const found = detectableEffect(simulate({ more: 120, less: 120, shared })!, 0.8);
      expect(Math.abs(found / minimumDetectableEffect({ seedSd: 0.2, seeds: 120 }) - 1)).toBeLessThan(0.02);
    }
  });

  it.each([false, true])(
    'is found in about four of five experiments that run the plan, blocked %s',
    (blocked) => {
      const found = shareFound({ before: 3, after: 9, blocked, repetitions: 120, seed: 7 });
      expect(found).toBeGreaterThan(0.68);
      expect(found).toBeLessThan(0.92);
    },
  );
});

describe('the standard error of a surface with further runs', () => {
  const truth = (x: Float64Array) => 0.5 * Math.log(x[0]! + 0.05) + 0.2 * x[1]!;
  const ends = { more: Float64Array.of(0.4, 0.2, 0.2, 0.2), less: Float64Array.of(0.1, 0.3, 0.3, 0.3) };
  const observations = aSwarm(truth, { mixtures: 16, seeds: 1, noise: 0.1 });
  const surface = fitSurface(observations, random(1))!;

  it('is that of the answer before any is added, and never grows, whichever mixtures are run', () => {
    const share = fc.double({ min: 0.001, max: 1, noNaN: true });
    const mixture = fc.array(share, { minLength: 4, maxLength: 4 }).map((weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return Float64Array.from(weights, (weight) => weight / total);
    });
    const { standardError } = finiteEffect(surface, { ...ends, direction: ends.more }, 0.95);
    const property = fc.property(fc.array(mixture, { minLength: 1, maxLength: 4 }), (added) => {
      let design = surfaceDesign(surface, ends, added);
      expect(standardErrorOf(design) / standardError).toBeCloseTo(1, 6);
      for (const candidate of [...added.keys(), ...added.keys()]) {
        const before = standardErrorOf(design);
        design = withRun(design, candidate);
        expect(standardErrorOf(design)).toBeLessThanOrEqual(before);
      }
    });
    fc.assert(property, { numRuns: 10, seed: 1 });
  });

  it('vanishes as both ends are run again and again', () => {
    let design = surfaceDesign(surface, ends, [ends.more, ends.less]);
    for (let run = 0; run < 2000; run++) design = withRun(design, bestCandidate(design));
    expect(standardErrorOf(design)).toBeLessThan(0.01);
  });

  it('is about that of a surface that is fitted to the runs, whose power was promised', () => {
    const { promised, found, ratio } = swarmsThatRan({ truth, noise: 0.45, repetitions: 12 });
    expect(Math.abs(promised - found)).toBeLessThan(0.3);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});
