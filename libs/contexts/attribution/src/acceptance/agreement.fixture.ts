import { attribute } from '../attribute.ts';
import { displace } from '../composition/displacement.ts';
import type { Composition } from '../composition/composition.ts';
import { FACTS } from '../controls/clean-experiment.fixture.ts';
import { refused } from '../effect.ts';
import type { Arm, Experiment, Run } from '../experiment.ts';
import { random } from '../numerics/random.ts';
import { EVEN, outcomeOf, SLICES, spreadOf, swarmDrawn } from './coverage.fixture.ts';
import type { Truth } from './coverage.fixture.ts';

const SEEDS = 5;

/** Half of the own slice, the others in proportion: well inside what a swarm of uniform mixtures runs. */
const HALVED = displace(EVEN, 'own', { rule: 'proportional' }, EVEN['own']! / 2)!;

type Designs = {
  readonly truth: Truth;
  readonly mixtures: number;
  readonly seed: number;
  /** Added to all outcomes of the ablation's full arm, in standard deviations of a run. */
  readonly shift?: number;
};

function aRun(arm: string, seed: number, shares: Composition, value: number): Run {
  return {
    runId: `${arm}-${seed}`,
    arm,
    mixtureId: arm,
    seed,
    status: 'completed',
    shares,
    total: 1e9,
    unit: 'token',
    method: 'measured',
    lastStep: 1000,
    facts: FACTS,
    scores: { skill: { value, unit: 'score', higherIsBetter: true, step: 1000 } },
    evidence: [],
  };
}

const anArm = (arm: string, design: Arm['design'], control = false): Arm => ({
  arm,
  mixtureId: arm,
  design,
  assignment: 'manual',
  control,
  role: 'train',
});

/** A swarm of single runs, and two arms with five seeds each, whose outcomes follow one law. */
function bothDesigns({ truth, mixtures, seed, shift = 0 }: Designs): Experiment {
  const generator = random(seed);
  const planted = { truth, noise: 0.15 * spreadOf(truth) };
  const swarm = swarmDrawn(planted, mixtures, generator);
  const named = (row: Float64Array) => Object.fromEntries(SLICES.map((slice, at) => [slice, row[at]!]));
  const armRuns = (arm: string, shares: Composition, added: number) =>
    Array.from({ length: SEEDS }, (_, run) => {
      const row = Float64Array.from(SLICES, (slice) => shares[slice]!);
      return aRun(arm, run, shares, outcomeOf(planted, row, generator) + added * planted.noise);
    });
  return {
    name: 'both',
    arms: [
      anArm('full', 'controlled_ablation', true),
      anArm('halved', 'controlled_ablation'),
      ...swarm.mixtures.map((mixture) => anArm(mixture, 'swarm')),
    ],
    runs: [
      ...armRuns('full', EVEN, shift),
      ...armRuns('halved', HALVED, 0),
      ...swarm.shares.map((row, run) => aRun(swarm.mixtures[run]!, 0, named(row), swarm.values[run]!)),
    ],
  };
}

/** Whether an ablation and a surface that answer one contrast disagree; undefined where they do not both answer. */
export function disagree(designs: Designs): boolean | undefined {
  const answer = attribute(
    { capability: 'skill', slice: 'own', displacement: 'proportional' },
    bothDesigns(designs),
  );
  if (refused(answer) || answer.length < 2) return undefined;
  const warned = answer.map(({ warnings }) => warnings.some(({ code }) => code === 'estimators_disagree'));
  return warned.every(Boolean);
}
