import { realisedArms } from '../ablation/ablation.ts';
import { findPair } from '../ablation/arm-pair.ts';
import type { RealisedArm } from '../ablation/arm-pair.ts';
import { inBlocks, seedOutcomes } from '../ablation/seed-outcomes.ts';
import type { ValidQuestion } from '../attribute.ts';
import { close, shareOf } from '../composition/composition.ts';
import { auditArms } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import type { Composition } from '../composition/composition.ts';
import { estimand, refused } from '../effect.ts';
import type { Effect, Identification, Refusal } from '../effect.ts';
import type { Experiment, ScoredRun, Warning } from '../experiment.ts';
import { seedFrom } from '../numerics/random.ts';
import { isInBlocks, launches } from './ablation-launches.ts';
import type { ArmSeeds, Batch } from './ablation-launches.ts';
import { detectableByRuns, noiseOfContrast, runsToSeeNoise } from './ablation-detection.ts';
import { contrastOfArms } from './ablation-contrast.ts';
import type { ArmContrast } from './ablation-contrast.ts';
import { noiseAssumptions, originAssumptions, recordAssumptions, runsWithoutScore } from './assumptions.ts';
import { dealtLaunches } from './dealt-seeds.ts';
import { decompositionArms } from './decomposition-arms.ts';
import { costOf, launched, newSeeds, plannedRuns } from './planned-runs.ts';
import type { PlannedArm, PlannedAssignment } from './planned-runs.ts';
import type { PlanGoal, RunPlan } from './run-plan.ts';

/** What a plan of few runs cannot say. */
function tooFewRuns(seeds: ArmSeeds, batches: readonly Batch[], { limit }: PlanGoal): Warning[] {
  const least = Math.max(runsToSeeNoise(seeds), batches.length === 0 ? 2 : 0);
  if (least <= limit) return [];
  const text =
    'Nothing is said of what would be found with fewer than three seeds in each arm, and arms that share seeds get them in ' +
    `pairs: allow ${least} runs at least.`;
  return [{ code: 'too_few_runs', text }];
}

/**
 * The runs that answer the question by a controlled ablation, or answer it more sharply: the arm that is missing, then more
 * seeds of both. Undefined where no arm of an ablation has a scored run. Refuses with the codes of `contrastOfArms` and of
 * `notComparable`.
 */
export function ablationPlan(
  experiment: Experiment,
  question: ValidQuestion,
  goal: PlanGoal,
  now: Effect | undefined,
): RunPlan | Refusal | undefined {
  const arms = realisedArms(experiment, question.capability);
  if (arms.length === 0) return undefined;
  const contrast = contrastOfArms(experiment, question, arms);
  if (refused(contrast)) return contrast;
  const recorded = [...contrast.more.runs, ...contrast.less.runs];
  const unlike = notComparable(recorded, question.capability, question.rule.rule === 'added_budget');
  if (unlike) return { refusal: unlike.code, text: unlike.text };
  const seeds = seedsOf(contrast);
  const noise = noiseOfContrast({ experiment, arms, capability: question.capability }, contrast, seeds);
  const batches = batchesFor(
    experiment,
    contrast,
    seeds,
    noise ? goal.limit : Math.min(goal.limit, runsToSeeNoise(seeds)),
  );
  const randomSeed = seedFrom(
    experiment.name,
    question.capability,
    question.slice,
    question.displacement,
    'design',
  );
  const { detectable, runsForEffect } = detectableByRuns(noise, seeds, batches, { ...goal, randomSeed });
  const planned = plannedArms(contrast, batches.slice(0, detectable.length - 1));
  const runs = planned.map(plannedRuns);
  const identification = identificationAfter(experiment, question, planned);
  return {
    estimator: 'controlled_ablation',
    contrast: contrastText(question, contrast),
    now: now ?? null,
    noise: noise?.reported ?? null,
    runs,
    decomposition: decompositionArms(experiment, question, planned),
    detectable,
    runsForEffect,
    cost: costOf(runs, recorded),
    identification,
    assignment: assignmentOf(contrast, question),
    assumptions: [
      ...noiseAssumptions(noise?.reported),
      ...tooFewRuns(seeds, batches, goal),
      ...runsWithoutScore(experiment, contrast, question.capability),
      ...originAssumptions(experiment),
      ...recordAssumptions(contrast.more.runs[0]!, question.capability),
      ...howRandomised(identification, isInBlocks(seeds)),
    ],
  };
}

const seedsOf = ({ more, less }: ArmContrast): ArmSeeds => {
  const of = (arm: RealisedArm) => seedOutcomes(arm.runs).map(({ seed }) => seed);
  return { more: of(more), less: of(less) };
};

function batchesFor(
  experiment: Experiment,
  { more, less }: ArmContrast,
  seeds: ArmSeeds,
  limit: number,
): Batch[] {
  const newSeed = newSeeds(experiment);
  const dealt =
    less.runs.length === 0 || isInBlocks(seeds)
      ? undefined
      : dealtLaunches(experiment, { more, less, dose: 0 }, limit, newSeed);
  return launches(seeds, limit, { newSeed, dealt });
}

/** The batches by arm; the arm that is missing comes first. */
function plannedArms({ more, less, isNew }: ArmContrast, batches: readonly Batch[]): PlannedArm[] {
  const isMissing = less.runs.length === 0;
  const sides = isMissing ? (['less', 'more'] as const) : (['more', 'less'] as const);
  return sides.flatMap((side): PlannedArm[] => {
    const arm = side === 'more' ? more : less;
    const seeds = batches.flat().flatMap((launch) => (launch.side === side ? [launch.seed] : []));
    if (seeds.length === 0) return [];
    const completes = side === 'less' && isMissing;
    const reason = completes
      ? `no scored run is the other side of ${more.arm.arm}`
      : `more seeds of ${arm.arm.arm}, beside the ${seedOutcomes(arm.runs).length} that were run`;
    return [
      {
        arm: arm.arm,
        isNew: completes && isNew,
        shares: sharesToRun(arm, more.runs[0]!),
        amountPerRun: Math.round(arm.total),
        template: arm.runs[0] ?? more.runs[0]!,
        seeds,
        purpose: completes ? 'complete' : 'replicate',
        reason,
      },
    ];
  });
}

/** The planned shares of an arm where they are shares of tokens, else the realised ones. */
const sharesToRun = ({ arm, shares }: RealisedArm, { unit }: ScoredRun): Composition =>
  arm.planned && unit === 'token' ? close(arm.planned) : shares;

/** The identification that the audit would give once the planned runs are recorded. */
function identificationAfter(
  experiment: Experiment,
  { capability, slice, rule, paired }: ValidQuestion,
  planned: readonly PlannedArm[],
): Identification {
  const future = launched(experiment, planned);
  const found = findPair(realisedArms(future, capability), slice, rule);
  if (!found) return 'associational';
  const pair = paired ? inBlocks(found).pair : found;
  return auditArms(future, pair, capability, rule.rule === 'added_budget').identification;
}

function contrastText(question: ValidQuestion, { more, less }: ArmContrast): string {
  const dose = (arm: RealisedArm) => ({ mixture: arm.arm.arm, share: shareOf(arm.shares, question.slice) });
  return estimand(question, dose(more), dose(less)).text;
}

function assignmentOf(
  { less, isNew }: ArmContrast,
  { displacement }: ValidQuestion,
): PlannedAssignment | null {
  if (!isNew) return null;
  return {
    design: 'controlled_ablation',
    assignment: 'manual',
    randomisation: null,
    arms: [{ arm: less.arm.arm, mixture: less.arm.mixtureId, displacement }],
  };
}

function howRandomised(identification: Identification, blocks: boolean): Warning[] {
  if (identification === 'randomised') return [];
  const why = blocks
    ? 'Both arms run the same seeds: a design in blocks, which is compared seed by seed and stays a controlled_ablation.'
    : 'Runs that are added to recorded ones were not assigned with them.';
  const text =
    `${why} For randomised, launch both arms anew in an experiment of their own: seeds that no two runs share, dealt to the ` +
    'arms by the method sha256-rank with a seed that mixture.experiment.assigned records before the first run.';
  return [{ code: 'not_randomised', text }];
}
