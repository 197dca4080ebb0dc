import fc from 'fast-check';
import { expect, it } from 'vitest';
import { realisedArms } from '../ablation/ablation.ts';
import { findPair } from '../ablation/arm-pair.ts';
import { close, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { parseDisplacement } from '../composition/displacement.ts';
import { refused } from '../effect.ts';
import { slicesOf } from '../experiment.ts';
import type { Arm, Experiment, Run } from '../experiment.ts';
import { design } from './design.ts';

const LEAVES = ['code', 'constructor', 'math/plain', 'math/proof', 'web'];

type Recorded = { readonly shares: Composition; readonly seeds: readonly number[] };

const anArm = (arm: string): Arm => ({
  arm,
  mixtureId: `m-${arm}`,
  design: 'controlled_ablation',
  assignment: 'manual',
  control: arm === 'arm-0',
  role: 'train',
});

/** An ablation of any arms with any mixtures and any seeds, in which the effect is noise. */
const experimentOf = (arms: readonly Recorded[]): Experiment => ({
  name: 'any',
  arms: arms.map((_, index) => anArm(`arm-${index}`)),
  runs: arms.flatMap(({ shares, seeds }, index) =>
    seeds.map((seed): Run => ({
      runId: `arm-${index}-${seed}`,
      arm: `arm-${index}`,
      mixtureId: `m-arm-${index}`,
      seed,
      status: 'completed',
      shares,
      total: 1e6,
      unit: 'token',
      method: 'measured',
      scores: {
        skill: { value: Math.sin(100 * index + seed), unit: 'score', higherIsBetter: true, step: 10 },
      },
      evidence: [],
    })),
  ),
});

const share = fc.oneof(fc.constant(0), fc.double({ min: 0.02, max: 1, noNaN: true }));
const mixture = fc
  .tuple(...LEAVES.map(() => share))
  .filter((shares) => shares.some((one) => one > 0))
  .map((shares) => close(Object.fromEntries(LEAVES.map((leaf, index) => [leaf, shares[index]!]))));
const arms = fc.array(
  fc.record({
    shares: mixture,
    seeds: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);
const rule = fc.constantFrom('proportional', 'swap:web', 'swap:constructor', 'within:math', 'added_budget');
const slice = fc.constantFrom('code', 'math', 'math/proof', 'constructor');

it('plans mixtures that are mixtures, costs its runs, and the missing arm makes the contrast, whatever was recorded', () => {
  const property = fc.property(arms, rule, slice, (recorded, displacement, named) => {
    const experiment = experimentOf(recorded);
    const answer = design({ capability: 'skill', slice: named, displacement, runs: 5 }, experiment);
    if (refused(answer)) {
      expect(answer.text.length).toBeGreaterThan(30);
      return;
    }
    const [plan] = answer.plans;
    for (const { shares, runs, seeds, purpose } of [...plan!.runs, ...plan!.decomposition]) {
      expect(shares.every((of) => of.share >= 0)).toBe(true);
      expect(shares.reduce((sum, of) => sum + of.share, 0)).toBeCloseTo(1, 9);
      expect(runs).toBeGreaterThan(0);
      if (purpose !== 'decompose') expect(new Set(seeds).size).toBe(runs);
    }
    const { cost } = plan!;
    expect(cost.amount).toBe(plan!.runs.reduce((sum, of) => sum + of.runs * of.amountPerRun, 0));
    expect(cost.runs).toBeLessThanOrEqual(5);
    const parsed = parseDisplacement(displacement, named, slicesOf(experiment));
    if (refused(parsed)) throw new Error(parsed.text);
    const missing = plan!.runs.find(({ purpose }) => purpose === 'complete');
    if (missing) {
      const [like] = experiment.runs;
      const shares = Object.fromEntries(missing.shares.map((of) => [of.slice, of.share]));
      const added = {
        ...like!,
        runId: 'new',
        arm: missing.arm,
        seed: 99,
        shares,
        total: missing.amountPerRun,
      };
      const future = {
        ...experiment,
        arms: [...experiment.arms, anArm(missing.arm)],
        runs: [...experiment.runs, added],
      };
      const pair = findPair(realisedArms(future, 'skill'), named, parsed);
      expect(pair?.less.arm.arm).toBe(missing.arm);
      expect(shareOf(shares, named)).toBeCloseTo(0, 9);
    }
  });
  fc.assert(property, { numRuns: 60, seed: 3 });
});
