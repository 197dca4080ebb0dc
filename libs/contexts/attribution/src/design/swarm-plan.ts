import { realisedArms } from '../ablation/ablation.ts';
import { findPair } from '../ablation/arm-pair.ts';
import type { ValidQuestion } from '../attribute.ts';
import { isWithin, shareOf } from '../composition/composition.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import { auditSwarm } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import { estimand, refused } from '../effect.ts';
import type { Effect, Refusal } from '../effect.ts';
import { armsOf } from '../experiment.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { isSpread, mean } from '../numerics/moments.ts';
import { random, seedFrom } from '../numerics/random.ts';
import { fitSurface, SPARE_MIXTURES } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { spreadOut } from '../surfaces/spread-out-runs.ts';
import { HULL_REACH, mixturesOf, supportedContrast } from '../swarm/swarm-contrast.ts';
import type { Mixtures } from '../swarm/swarm-contrast.ts';
import { missingMixtures } from '../swarm/runs-to-add.ts';
import { swarmOf } from '../swarm/swarm.ts';
import type { Swarm } from '../swarm/swarm.ts';
import { noiseAssumptions, originAssumptions, recordAssumptions } from './assumptions.ts';
import { costOf, launched, plannedRuns } from './planned-runs.ts';
import { detectableAfter, isFound } from './run-plan.ts';
import type { DetectableEffect, PlanGoal, RunPlan } from './run-plan.ts';
import { noiseWithinMixtures } from './seed-noise.ts';
import type { SeedNoise } from './seed-noise.ts';
import { bestCandidate, detectionOf, surfaceDesign, withRun } from './surface-design.ts';
import { candidatesFor, mixturesAround } from './swarm-candidates.ts';
import type { Candidate } from './swarm-candidates.ts';
import { randomisationOf, swarmArms, swarmAssignment } from './swarm-launches.ts';
import type { ChosenCandidate } from './swarm-launches.ts';

type FixedBudgetQuestion = Omit<ValidQuestion, 'rule'> & { readonly rule: FixedBudgetRule };

/**
 * The runs that answer the question by a response surface, or answer it more sharply: first the ends of the contrast that
 * lie outside the mixtures that were run, then one by one the mixture whose run narrows the contrast most. Undefined where
 * no arm of a swarm has a scored run. Refuses with `fixed_budget_swarm`, `slice_never_varied`, `nothing_to_refill`,
 * `outcome_constant`, `not_separable` and the codes of `notComparable`.
 */
export function swarmPlan(
  experiment: Experiment,
  question: ValidQuestion,
  goal: PlanGoal,
  now: Effect | undefined,
): RunPlan | Refusal | undefined {
  const { capability, slice } = question;
  const swarm = swarmOf(experiment, capability);
  if (!swarm || !swarm.arms.some(({ design }) => design === 'swarm')) return undefined;
  const valid = fixedBudget(experiment, question, swarm);
  if (refused(valid)) return valid;
  const pair = findPair(realisedArms(experiment, capability), slice, valid.rule);
  const mixtures = mixturesOf(experiment, swarm.observations, { ...valid, pair });
  if (!mixtures)
    return { refusal: 'nothing_to_refill', text: `No other slice can take the tokens of ${slice}.` };
  const surface = fitSurface(spreadOut(swarm.observations), random(seedFrom(experiment.name, capability)));
  const launches = surface
    ? towardsContrast(
        surface,
        candidatesFor(surface.observations, armsOf(experiment, 'swarm'), valid, mixtures),
        {
          question: valid,
          mixtures,
          goal,
        },
      )
    : firstMixtures(swarm, mixtures, goal);
  const randomisation = randomisationOf(seedFrom(experiment.name, slice, capability, 'design'));
  const planned = swarmArms(experiment, swarm, chosenOf(launches.candidates), randomisation);
  const runs = planned.map(plannedRuns);
  const future = launched(experiment, planned);
  const dose = ({ name, shares }: Mixtures['more']) => ({ mixture: name, share: shareOf(shares, slice) });
  const noise = noiseOf(swarm, surface);
  return {
    estimator: 'response_surface',
    contrast: estimand(question, dose(mixtures.more), dose(mixtures.less)).text,
    now: now ?? null,
    noise: noise ?? null,
    runs,
    decomposition: [],
    detectable: launches.detectable,
    runsForEffect: launches.runsForEffect,
    cost: costOf(runs, swarm.runs),
    identification: auditSwarm(future, swarmOf(future, capability)!, { capability, slice }).identification,
    assignment: swarmAssignment(planned, randomisation),
    assumptions: [
      ...noiseAssumptions(noise),
      ...originAssumptions(experiment),
      ...recordAssumptions(swarm.runs[0]!, capability),
      ...launches.notes,
    ],
  };
}

/** The question where a surface at one budget can answer it, else why not. */
function fixedBudget(
  experiment: Experiment,
  question: ValidQuestion,
  swarm: Swarm,
): FixedBudgetQuestion | Refusal {
  const { rule, slice, capability } = question;
  if (rule.rule === 'added_budget') {
    const text = `The swarm was run at one budget. Ask for proportional, swap:<slice> or within:<domain>, or assign two arms, with and without ${slice}, that spend different budgets.`;
    return { refusal: 'fixed_budget_swarm', text };
  }
  const unlike = notComparable(swarm.runs, capability, false);
  if (unlike) return { refusal: unlike.code, text: unlike.text };
  const { components, values } = swarm.observations;
  if (!components.some((leaf) => isWithin(leaf, slice))) {
    const text = `No training mixture holds ${slice}. Launch mixtures that do, with different shares of it, then ask again.`;
    return { refusal: 'slice_never_varied', text };
  }
  if (!isSpread(values) && values.length > 1) {
    const text =
      'All runs have the same score, so neither an effect nor the noise can be planned for. Record a finer score.';
    return { refusal: 'outcome_constant', text };
  }
  const { refusal } = auditSwarm(experiment, swarm, { capability, slice });
  return refusal ? { refusal: refusal.code, text: refusal.text } : { ...question, rule };
}

type ChosenRun = { readonly candidate: Candidate; readonly reason: string };

type SwarmLaunches = {
  readonly candidates: readonly ChosenRun[];
  readonly detectable: readonly DetectableEffect[];
  readonly runsForEffect: number | null;
  readonly notes: readonly Warning[];
};

const KEPT: Warning = {
  code: 'surface_kept',
  text:
    'The outcome is taken to be a surface like those that the recorded runs leave possible (draws of the posterior of a ' +
    'Gaussian process). New outcomes may show that it is none of them.',
};

type Target = {
  readonly question: FixedBudgetQuestion;
  readonly mixtures: Mixtures;
  readonly goal: PlanGoal;
};

/** `candidates` begin with the ends of the contrast: the mixture with less of the slice, then the one with more. */
function towardsContrast(
  surface: ResponseSurface,
  candidates: readonly Candidate[],
  { question, mixtures, goal }: Target,
): SwarmLaunches {
  const [less, more] = candidates;
  const found = supportedContrast(surface, question, mixtures);
  const isSupported = found !== undefined && !found.isPartial && found.hullDistance <= HULL_REACH;
  const missing = isSupported ? [] : candidates.flatMap(({ isOutside }, index) => (isOutside ? [index] : []));
  let design = surfaceDesign(
    surface,
    { more: more!.point, less: less!.point },
    candidates.map(({ point }) => point),
  );
  const rows = [detectableAfter(0, isSupported ? detectionOf(design, goal.level) : undefined, goal)];
  const chosen: ChosenRun[] = [];
  while (chosen.length < goal.limit && !isFound(rows.at(-1)!, goal)) {
    const isMissing = chosen.length < missing.length;
    const next = missing[chosen.length] ?? bestCandidate(design);
    design = withRun(design, next);
    chosen.push({ candidate: candidates[next]!, reason: reasonOf(candidates[next]!, isMissing) });
    const isAnswered = chosen.length >= missing.length;
    rows.push(detectableAfter(chosen.length, isAnswered ? detectionOf(design, goal.level) : undefined, goal));
  }
  const text =
    'The mixtures that were run support a part of the contrast alone. What can be found is given for the whole of it, from ' +
    'the run on with which both of its ends have been run.';
  const partial = isSupported ? [] : [{ code: 'partial_dose_now', text }];
  const last = rows.at(-1)!;
  const runsForEffect = isFound(last, goal) ? last.addedRuns : null;
  return { candidates: chosen, detectable: rows, runsForEffect, notes: [...partial, KEPT] };
}

function reasonOf({ arm, isRun }: Candidate, isMissing: boolean): string {
  if (isMissing) return 'an end of the contrast, outside the mixtures that were run';
  if (!arm) return 'a run here narrows the contrast most';
  return isRun
    ? `another run of ${arm.arm} narrows the contrast most`
    : 'it was assigned and has no scored run, and narrows the contrast most';
}

/** Runs of a swarm that has too few mixtures for any surface. */
function firstMixtures({ observations }: Swarm, mixtures: Mixtures, { limit }: PlanGoal): SwarmLaunches {
  const distinct = new Set(observations.mixtures).size;
  const candidates = mixturesAround(observations, mixtures, Math.min(limit, missingMixtures(observations)));
  const text =
    `A surface over ${observations.components.length} slices needs ${observations.components.length + SPARE_MIXTURES} distinct mixtures; ` +
    `${distinct} were run. Nothing can be said of what would be found before that; ask again then.`;
  return {
    candidates: candidates.map((candidate) => ({
      candidate,
      reason: 'a surface needs more distinct mixtures',
    })),
    detectable: [0, ...candidates.keys()].map((_, index) => ({
      addedRuns: index,
      minimumDetectableEffect: null,
      power: null,
    })),
    runsForEffect: null,
    notes: [{ code: 'too_few_mixtures', text }],
  };
}

/** The chosen runs by mixture. */
function chosenOf(runs: readonly ChosenRun[]): ChosenCandidate[] {
  const chosen = new Map<Candidate, ChosenCandidate>();
  for (const { candidate, reason } of runs) {
    const before = chosen.get(candidate);
    chosen.set(candidate, { candidate, runs: (before?.runs ?? 0) + 1, reason: before?.reason ?? reason });
  }
  return [...chosen.values()];
}

/** The noise of the surface, which the plan counts on, beside that within mixtures with several seeds. */
function noiseOf(swarm: Swarm, surface: ResponseSurface | undefined): SeedNoise | undefined {
  const within = noiseWithinMixtures(swarm.runs);
  if (!surface) return within;
  const degreesOfFreedom = surface.observations.values.length - 1;
  const standardDeviation = Math.sqrt(mean(surface.draws.map(({ squares }) => squares / degreesOfFreedom)));
  const ofSeeds = within
    ? `; ${within.standardDeviation.toPrecision(3)} ${within.text}`
    : '; no mixture was run with several seeds';
  return {
    standardDeviation,
    degreesOfFreedom,
    source: 'surface',
    text: `what the surface leaves of ${surface.observations.values.length} runs${ofSeeds}`,
  };
}
