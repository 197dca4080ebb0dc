import { valueIn } from '@tributary/kernel';
import { attribute, validate } from '../attribute.ts';
import type { Question, QuestionRefusal, ValidQuestion } from '../attribute.ts';
import { refused } from '../effect.ts';
import type { Effect, Refusal } from '../effect.ts';
import { armsOf, capabilitiesOf, isExposed } from '../experiment.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { ablationPlan } from './ablation-plan.ts';
import type { PlanGoal, RunPlan } from './run-plan.ts';
import { swarmPlan } from './swarm-plan.ts';

export type DesignQuestion = Question & {
  /** Smallest effect of interest, in the unit of the score. */
  readonly effect?: number | undefined;
  /** Most runs to launch: 6 by default, 60 where an effect is named. */
  readonly runs?: number | undefined;
  /** Power of the test, from 0.5 to below 1; 0.8 by default. */
  readonly power?: number | undefined;
};

/** Runs to launch for a question, with a plan for each estimator that could answer it. */
export type ExperimentDesign = {
  readonly slice: string;
  readonly capability: string;
  readonly displacement: string;
  /** Unit of all effects; null where no run of the plans has a score. */
  readonly unit: string | null;
  readonly level: number;
  readonly power: number;
  readonly effect: number | null;
  readonly plans: readonly RunPlan[];
  /** Why an estimator has no plan, and what is odd about the scores. */
  readonly warnings: readonly Warning[];
};

export type DesignRefusal =
  | QuestionRefusal
  | 'no_scored_runs'
  | 'not_assigned'
  | 'effect_out_of_range'
  | 'runs_out_of_range'
  | 'power_out_of_range'
  | 'no_reference'
  | 'fixed_budget_swarm'
  | 'slice_never_varied'
  | 'outcome_constant'
  | 'not_separable'
  | 'scores_not_comparable'
  | 'benchmarks_not_comparable'
  | 'exposure_units_differ'
  | 'evaluations_not_matched';

const MOST_RUNS = 200;
const DEFAULT_RUNS = 6;
const DEFAULT_RUNS_FOR_EFFECT = 60;

/**
 * The runs to launch next for a question about an experiment, what they cost, and the smallest effect that would be found
 * after each of them, by simulation from the noise of the recorded runs. A plan each for the controlled ablation and the
 * response surface, side by side. The same question about the same experiment gives the same bytes. Refuses with a
 * `DesignRefusal`, whose text says what would make the question answerable.
 */
export function design(question: DesignQuestion, experiment: Experiment): ExperimentDesign | Refusal {
  const impossible = unscored(experiment) ?? outOfRange(question);
  if (impossible) return impossible;
  const valid = validate(question, experiment);
  if (refused(valid)) return valid;
  const unassigned = notAssigned(experiment, question);
  if (unassigned) return unassigned;
  const goal = goalOf(question, valid.level);
  const { plans, reasons } = plansOf(experiment, question, valid, goal);
  if (plans.length === 0) return reasons[0] ?? noScoredRuns(experiment, question.capability);
  const { slice, capability, displacement } = valid;
  return {
    slice,
    capability,
    displacement,
    unit: unitOf(experiment, capability),
    level: goal.level,
    power: goal.power,
    effect: goal.effect ?? null,
    plans,
    warnings: [
      ...reasons.map(({ refusal, text }) => ({ code: refusal, text })),
      ...(valueIn(experiment.scoreWarnings ?? {}, capability) ?? []),
    ],
  };
}

function goalOf({ power = 0.8, effect, runs }: DesignQuestion, level: number): PlanGoal {
  const limit = runs ?? (effect === undefined ? DEFAULT_RUNS : DEFAULT_RUNS_FOR_EFFECT);
  return { level, power, effect, limit };
}

/** A plan for each estimator that can answer, and why another one cannot. */
function plansOf(experiment: Experiment, question: Question, valid: ValidQuestion, goal: PlanGoal) {
  const answered = attribute(question, experiment);
  const effects = 'refusal' in answered ? [] : answered;
  const now = (kind: string) => effects.find(({ estimator }: Effect) => estimator.id.startsWith(kind));
  const made = [
    ablationPlan(experiment, valid, goal, now('controlled_ablation')),
    swarmPlan(experiment, valid, goal, now('response_surface')),
  ].filter((plan) => plan !== undefined);
  return {
    plans: made.filter((plan): plan is RunPlan => !refused(plan)),
    reasons: made.filter((plan): plan is Refusal => refused(plan)),
  };
}

const unitOf = ({ runs }: Experiment, capability: string): string | null =>
  runs.flatMap(({ scores }) => valueIn(scores, capability) ?? [])[0]?.unit ?? null;

function unscored(experiment: Experiment): Refusal<'no_scored_runs'> | undefined {
  return capabilitiesOf(experiment).length > 0 ? undefined : noScoredRuns(experiment);
}

function noScoredRuns({ name, arms }: Experiment, capability?: string): Refusal<'no_scored_runs'> {
  const of = capability === undefined ? '' : ` of ${capability}`;
  const text =
    `No completed run of ${name} has exposure and a score${of}, so neither its noise nor its mixtures are known. Launch the ` +
    `assigned arms first (${
      arms
        .map(({ arm }) => arm)
        .slice(0, 10)
        .join(', ') || 'none yet'
    }), three seeds each, and record ` +
    'training.exposure.recorded and evaluation.score.recorded for every run.';
  return { refusal: 'no_scored_runs', text };
}

function outOfRange({ effect, runs, power }: DesignQuestion): Refusal<DesignRefusal> | undefined {
  if (effect !== undefined && !(effect > 0 && effect < Infinity)) {
    const text = `The effect of interest must be above zero, in the unit of the score; it is ${effect}. Its sign does not matter.`;
    return { refusal: 'effect_out_of_range', text };
  }
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 1 && runs <= MOST_RUNS)) {
    return {
      refusal: 'runs_out_of_range',
      text: `A plan has from 1 to ${MOST_RUNS} runs; asked for are ${runs}.`,
    };
  }
  if (power === undefined || (power >= 0.5 && power < 1)) return undefined;
  return { refusal: 'power_out_of_range', text: `The power must lie from 0.5 to below 1; it is ${power}.` };
}

/** Runs that nobody assigned say nothing of their noise under an assignment: the first plan is an assignment. */
function notAssigned(
  experiment: Experiment,
  { slice, displacement }: Question,
): Refusal<'not_assigned'> | undefined {
  const assigned = [...armsOf(experiment, 'controlled_ablation'), ...armsOf(experiment, 'swarm')];
  if (assigned.length > 0) return undefined;
  const exposed = experiment.runs.filter(isExposed).length;
  const text =
    `Nobody assigned the mixtures of ${experiment.name} (${exposed} observed runs): more of the same would not separate ${slice} ` +
    'from what else differs. Record mixture.experiment.assigned with design controlled_ablation before the first run: an arm ' +
    `that holds ${slice} and one without it under ${displacement}, at least three runs each with seeds of their own, assignment ` +
    'randomised, and randomisation with the method sha256-rank and its seed; keep everything else equal. Then ask again.';
  return { refusal: 'not_assigned', text };
}
