import { displace } from '../composition/displacement.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import type { Composition } from '../composition/composition.ts';
import { FACTS } from '../controls/clean-experiment.fixture.ts';
import type { Arm, Experiment, Run } from '../index.ts';

export const FULL: Composition = {
  code: 0.25,
  code_nl: 0.15,
  'math/plain': 0.2,
  'math/proof': 0.1,
  web: 0.3,
};

/** The slices that grow when code is removed, and their parts of the freed tokens. */
export const WEIGHTS: Composition = { code_nl: 0.2, math: 0.4, web: 0.4 };

type Plan = {
  /** Swaps of code that have an arm. */
  readonly swaps?: readonly string[];
  readonly seedsOf?: (arm: string) => readonly number[];
  readonly outcome: (shares: Composition, arm: string, seed: number) => number;
  readonly full?: Composition;
  /** What else is recorded of the runs; everything by default. */
  readonly facts?: Run['facts'];
};

const SEEDS = [1, 2, 3, 4];

export const mixtureOf = (full: Composition, rule: FixedBudgetRule): Composition =>
  displace(full, 'code', rule)!;

/** An ablation of code under proportional re-fill, with further arms in which one slice takes its tokens. */
export function swapArms({ swaps = ['code_nl', 'math', 'web'], outcome, ...plan }: Plan): Experiment {
  const { seedsOf = () => SEEDS, full = FULL, facts = FACTS } = plan;
  const mixtures = new Map([
    ['full', full],
    ['wo_code', mixtureOf(full, { rule: 'proportional' })],
    ...swaps.map((into) => [`to_${into}`, mixtureOf(full, { rule: 'swap', into })] as const),
  ]);
  const arms = [...mixtures.keys()].map((arm): Arm => ({
    arm,
    mixtureId: `mixture-${arm}`,
    design: 'controlled_ablation',
    assignment: 'manual',
    control: arm === 'full',
    role: 'train',
  }));
  const runs = [...mixtures].flatMap(([arm, shares]) =>
    seedsOf(arm).map((seed) => ({ ...aRun(arm, seed, shares, outcome(shares, arm, seed)), facts })),
  );
  return { name: 'swaps', arms, runs };
}

const aRun = (arm: string, seed: number, shares: Composition, value: number): Run => ({
  runId: `${arm}-${seed}`,
  arm,
  mixtureId: `mixture-${arm}`,
  seed,
  status: 'completed',
  shares,
  total: 1e9,
  unit: 'token',
  method: 'measured',
  lastStep: 1000,
  scores: { math: { value, unit: 'bits', higherIsBetter: false, step: 1000 } },
  evidence: [`at-${arm}-${seed}`],
});
