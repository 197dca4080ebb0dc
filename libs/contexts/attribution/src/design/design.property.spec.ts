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
import type { RunPlan } from './run-plan.ts';

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

type Planned = RunPlan['runs'][number];

const isMixture = ({ shares }: Planned) =>
  shares.every((of) => of.share >= 0) && Math.abs(shares.reduce((sum, of) => sum + of.share, 0) - 1) < 1e-9;

/** Whether one run of the missing arm makes the contrast of the question. */
function makesContrast(
  experiment: Experiment,
  missing: Planned,
  named: string,
  displacement: string,
): boolean {
  const parsed = parseDisplacement(displacement, named, slicesOf(experiment));
  if (refused(parsed)) return false;
  const [like] = experiment.runs;
  const shares = Object.fromEntries(missing.shares.map((of) => [of.slice, of.share]));
  const arm = anArm(missing.arm);
  const of = { arm: arm.arm, mixtureId: arm.mixtureId, total: missing.amountPerRun };
  const added = { ...like!, ...of, runId: 'new', seed: 99, shares };
  const future = {
    ...experiment,
    arms: [...experiment.arms, arm],
    runs: [...experiment.runs, added],
  };
  const pair = findPair(realisedArms(future, 'skill'), named, parsed);
  return pair?.less.arm.arm === missing.arm && shareOf(shares, named) < 1e-9;
}

/** The laws that the plans of a question break. */
function brokenLaws(recorded: readonly Recorded[], displacement: string, named: string): string[] {
  const experiment = experimentOf(recorded);
  const answer = design({ capability: 'skill', slice: named, displacement, runs: 5 }, experiment);
  if (refused(answer)) return answer.text.length > 30 ? [] : ['a refusal says what would make it answerable'];
  return answer.plans.flatMap(({ runs, decomposition, cost }) => {
    const amount = runs.reduce((sum, of) => sum + of.runs * of.amountPerRun, 0);
    const missing = runs.filter(({ purpose }) => purpose === 'complete');
    const laws: readonly (readonly [string, boolean])[] = [
      ['a planned mixture is a mixture', [...runs, ...decomposition].every(isMixture)],
      [
        'each run has a seed of its own',
        runs.every((of) => new Set(of.seeds).size === of.runs && of.runs > 0),
      ],
      ['the cost is that of the runs', cost.amount === amount && cost.runs <= 5],
      [
        'the missing arm makes the contrast',
        missing.every((one) => makesContrast(experiment, one, named, displacement)),
      ],
    ];
    return laws.filter(([, isKept]) => !isKept).map(([law]) => law);
  });
}

it('plans mixtures that are mixtures, costs its runs, and the missing arm makes the contrast, whatever was recorded', () => {
  const property = fc.property(arms, rule, slice, (recorded, displacement, named) => {
    expect(brokenLaws(recorded, displacement, named)).toEqual([]);
  });
  fc.assert(property, { numRuns: 60, seed: 3 });
});
