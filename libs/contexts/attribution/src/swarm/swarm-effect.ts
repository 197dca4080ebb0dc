import type { ArmPair } from '../ablation/arm-pair.ts';
import { isWithin } from '../composition/composition.ts';
import { auditSwarm } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import type { Displacement, FixedBudgetRule } from '../composition/displacement.ts';
import { estimand, evidenceOf, notIdentified, UNTESTED } from '../effect.ts';
import type { EffectQuestion, Effect, NegativeControl } from '../effect.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { random } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { relativeChange } from '../statistics/relative-change.ts';
import { fitSurface, SURFACE_VERSION } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { shuffledOutcomes, surfaceEffects } from '../surfaces/surface-effect.ts';
import type { SurfaceEffect } from '../surfaces/surface-effect.ts';
import { seedsPerMixture, swarmWarnings } from './swarm-checks.ts';
import { swarmOf } from './swarm.ts';
import type { Swarm } from './swarm.ts';
import { HULL_REACH, swarmContrast } from './swarm-contrast.ts';
import type { SwarmContrast } from './swarm-contrast.ts';

type SwarmQuestion = EffectQuestion & {
  readonly rule: Displacement;
  readonly pair?: ArmPair | undefined;
};

/** Questions about one capability at one level; they share one surface and one set of resamples. */
export type SwarmQuestions = {
  readonly capability: string;
  readonly level: number;
  readonly randomSeed: number;
  readonly questions: readonly SwarmQuestion[];
};

const SURFACE = { id: 'response_surface', version: SURFACE_VERSION };

const PLACEBO_RESAMPLES = 200;

/**
 * Response surface over a swarm: Y(more) - Y(less) on a surface that is fitted to the realised shares of all training runs
 * (Scheffé 1958; Ye et al. 2024, "Data Mixing Laws"; Gaussian process), in the unit of the score. The interval is by
 * cluster bootstrap over mixtures. One effect for each question; undefined where the experiment has no swarm.
 * `not_identified` with `scores_not_comparable`, `exposure_units_differ`, `evaluations_not_matched`, `not_separable`,
 * `fixed_budget_swarm`, `slice_never_varied`, `too_few_mixtures`, `nothing_to_refill` or `outside_support`.
 */
export function swarmEffects(experiment: Experiment, asked: SwarmQuestions): Effect[] | undefined {
  const swarm = swarmOf(experiment, asked.capability);
  if (!swarm) return undefined;
  const unlike = notComparable(swarm.runs, asked.capability, false);
  if (unlike) {
    return asked.questions.map((question) => notIdentified(experiment, question, SURFACE, [unlike]));
  }
  const generator = random(asked.randomSeed);
  const surface = fitSurface(swarm.observations, generator);
  const reached = asked.questions.map((question) => contrastOrReason(experiment, swarm, surface, question));
  const contrasts = reached.flatMap((found) => ('contrast' in found ? [found.contrast] : []));
  if (!surface || contrasts.length === 0) {
    return asked.questions.map((question, index) => notAnswered(experiment, question, reached[index]!));
  }
  const options = { generator, level: asked.level };
  const effects = surfaceEffects(surface.form, surface.observations, contrasts, options);
  const placebos = placeboEffects(surface, contrasts, generator, asked.level);
  let at = 0;
  return asked.questions.map((question, index) => {
    const found = reached[index]!;
    if (!('contrast' in found)) return notAnswered(experiment, question, found);
    const parts = { effect: effects[at]!, placebo: placebos[at]!, randomSeed: asked.randomSeed };
    at += 1;
    return answer({ experiment, swarm, surface, question, found, ...parts });
  });
}

type NoContrast = { readonly reason: Warning };

function notAnswered(
  experiment: Experiment,
  question: SwarmQuestion,
  found: SwarmContrast | NoContrast,
): Effect {
  const text = 'The swarm has too few distinct mixtures for any surface.';
  const reason = 'reason' in found ? found.reason : { code: 'too_few_mixtures', text };
  return notIdentified(experiment, question, SURFACE, [reason]);
}

/** The contrast, or the reason why this swarm cannot estimate it. */
function contrastOrReason(
  experiment: Experiment,
  { observations }: Swarm,
  surface: ResponseSurface | undefined,
  question: SwarmQuestion,
): SwarmContrast | NoContrast {
  const because = (code: string, text: string): NoContrast => ({ reason: { code, text } });
  const { rule, slice } = question;
  if (rule.rule === 'added_budget') {
    return because(
      'fixed_budget_swarm',
      'The swarm was run at one budget, so the effect of a larger budget is unknown.',
    );
  }
  if (!observations.components.some((leaf) => isWithin(leaf, slice))) {
    return because('slice_never_varied', `No training mixture holds ${slice}.`);
  }
  if (!surface)
    return because('too_few_mixtures', 'The swarm has too few distinct mixtures for any surface.');
  const fixed: FixedBudgetRule = rule;
  const found = swarmContrast(experiment, observations, { ...question, rule: fixed });
  if (!found) return because('nothing_to_refill', `No other slice can take the tokens of ${slice}.`);
  if (found.hullDistance <= HULL_REACH) return found;
  const text = `The contrast lies ${found.hullDistance.toFixed(3)} outside the hull of the training mixtures.`;
  return because('outside_support', text);
}

type AnswerParts = {
  readonly experiment: Experiment;
  readonly swarm: Swarm;
  readonly surface: ResponseSurface;
  readonly question: SwarmQuestion;
  readonly found: SwarmContrast;
  readonly effect: SurfaceEffect;
  readonly placebo: SurfaceEffect;
  readonly randomSeed: number;
};

function answer(parts: AnswerParts): Effect {
  const { experiment, swarm, surface, question, found, effect } = parts;
  const { finite } = effect;
  const score = swarm.runs[0]!.score;
  const audit = auditSwarm(experiment, swarm, question.capability, question.slice);
  if (audit.refusal) {
    return {
      ...notIdentified(experiment, question, SURFACE, [audit.refusal]),
      differences: audit.differences,
    };
  }
  const [more, less] = [found.contrast.more, found.contrast.less].map(
    (shares) => surface.form.predict(shares).mean,
  );
  return {
    estimand: estimand(question, found.more, found.less),
    displacement: question.displacement,
    effect: finite.value,
    interval: finite.interval,
    otherIntervals: [],
    pValue: finite.pValue,
    ...UNTESTED,
    identification: audit.identification,
    n: { runs: swarm.runs.length, seeds: seedsPerMixture(swarm).fewest },
    estimator: surface.estimator,
    chosenBy: surface.chosenBy,
    unit: score.unit,
    higherIsBetter: score.higherIsBetter,
    relativeChange: relativeChange([{ more: more!, less: less! }]),
    minimumDetectableEffect: detectable(finite.standardError),
    slope: slopeOf(effect, found, question),
    differences: audit.differences,
    warnings: [
      ...audit.warnings,
      ...swarmWarnings(swarm, surface, found.hullDistance),
      ...partialDose(question, found),
    ],
    negativeControls: [mixtureLabelPlacebo(parts.placebo)],
    evidence: evidenceOf(swarm.runs),
    proxy: experiment.proxy ?? null,
    randomSeed: parts.randomSeed,
  };
}

/** Warns where the question is about the presence of the slice and the effect is of a reduction only. */
function partialDose({ slice, pair }: SwarmQuestion, { more, less }: SwarmContrast): Warning[] {
  if (pair || less.share < 1e-6) return [];
  const [from, to] = [more, less].map(({ share }) => `${(100 * share).toFixed(1)} %`);
  const text = `No training mixture is near one without ${slice}: the effect is of ${from} against ${to}, the smallest share that is supported.`;
  return [{ code: 'partial_dose', text }];
}

/** The Gateaux slope is the Cox slope times (1 - share): towards the pure slice all other shares shrink alike. */
function slopeOf(
  { slope }: SurfaceEffect,
  { more }: SwarmContrast,
  { rule }: SwarmQuestion,
): Effect['slope'] {
  const gateaux = rule.rule === 'proportional' ? slope.value * (1 - more.share) : null;
  return { cox: slope.value, gateaux, interval: slope.interval };
}

function placeboEffects(
  surface: ResponseSurface,
  contrasts: readonly SwarmContrast['contrast'][],
  generator: Random,
  level: number,
): SurfaceEffect[] {
  const values = shuffledOutcomes(surface.observations, generator);
  const options = { generator, level, values, resamples: PLACEBO_RESAMPLES };
  return surfaceEffects(surface.form, surface.observations, contrasts, options);
}

/** Placebo test: outcomes permuted among the mixtures have no effect; at 95 % one in twenty may still show one. */
function mixtureLabelPlacebo({ finite }: SurfaceEffect): NegativeControl {
  const clean = finite.interval.low <= 0 && finite.interval.high >= 0;
  const range = `${finite.interval.low.toPrecision(3)} to ${finite.interval.high.toPrecision(3)}`;
  const text = `With the outcomes shuffled among the mixtures the effect is ${finite.value.toPrecision(3)} (${range}).`;
  const outcome = clean ? 'passed' : 'failed';
  const planted = { attainableLevel: null, planted: null, found: null };
  return {
    name: 'shuffled_mixture_labels',
    outcome,
    trials: 1,
    falsePositives: Number(!clean),
    ...planted,
    text,
  };
}
