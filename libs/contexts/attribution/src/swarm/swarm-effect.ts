import type { ArmPair } from '../ablation/arm-pair.ts';
import { isWithin } from '../composition/composition.ts';
import { auditSwarm } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import type { Displacement, FixedBudgetRule } from '../composition/displacement.ts';
import { decomposeSurface } from '../decomposition/surface-decomposition.ts';
import { estimand, evidenceOf, notIdentified, UNTESTED } from '../effect.ts';
import type { EffectQuestion, Effect, NegativeControl } from '../effect.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { movesTogether } from '../observational/moves-together.ts';
import { observationalWarnings } from '../observational/observational-warnings.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { isSpread, variance } from '../numerics/moments.ts';
import { random } from '../numerics/random.ts';
import { mixtureMean } from '../statistics/mixture-of-t.ts';
import { relativeChange } from '../statistics/relative-change.ts';
import { chosenBy, fitSurface, newRunOf, SURFACE } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { finiteEffect, slopeEffect } from '../surfaces/surface-effect.ts';
import type { Estimated } from '../surfaces/surface-effect.ts';
import { spreadOut } from '../surfaces/spread-out-runs.ts';
import { leftOutMixtures } from './left-out-control.ts';
import { mixturesForSupport, mixturesForSurface } from './runs-to-add.ts';
import { seedsPerMixture, swarmWarnings } from './swarm-checks.ts';
import { shuffledMixtureLabels, shuffledSurfaces } from './shuffled-mixtures.ts';
import type { ShuffledSurfaces } from './shuffled-mixtures.ts';
import { plantedSwarmEffect } from './swarm-controls.ts';
import { swarmOf } from './swarm.ts';
import type { Swarm } from './swarm.ts';
import { HULL_REACH, mixturesOf, supportedContrast } from './swarm-contrast.ts';
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
  /** Whether the effects have controls of their own; those that are a control need none. */
  readonly isControlled: boolean;
};

/**
 * Response surface over a swarm: Y(more) - Y(less) on a Gaussian process that is fitted to the realised shares of all
 * training runs (`fitSurface`), in the unit of the score; interval and p value are of its posterior. One effect for each
 * question; undefined where the experiment has no swarm. Of more than 512 runs those are used that `spreadOut` keeps. `not_identified` with `scores_not_comparable`,
 * `exposure_units_differ`, `evaluations_not_matched`, `not_separable`, `fixed_budget_swarm`, `slice_never_varied`,
 * `too_few_mixtures`, `outcome_constant`, `nothing_to_refill`, `outside_support` or `outside_outcomes`.
 */
export function swarmEffects(experiment: Experiment, asked: SwarmQuestions): Effect[] | undefined {
  const swarm = swarmOf(experiment, asked.capability);
  if (!swarm) return undefined;
  const unlike = notComparable(swarm.runs, asked.capability, false);
  if (unlike) {
    return asked.questions.map((question) => notIdentified(experiment, question, SURFACE, [unlike]));
  }
  const generator = random(asked.randomSeed);
  const fitted = spreadOut(swarm.observations);
  const surface = fitSurface(fitted, generator);
  const reached = asked.questions.map((question) => contrastOrReason(experiment, swarm, surface, question));
  const isControlled = asked.isControlled && reached.some((found) => 'contrast' in found);
  const controls =
    surface && isControlled
      ? { shuffled: shuffledSurfaces(fitted, generator), leftOut: leftOutMixtures(surface, asked.level) }
      : undefined;
  return asked.questions.map((question, index) => {
    const found = reached[index]!;
    if (!surface || !('contrast' in found)) return notAnswered(experiment, question, found);
    const { level, randomSeed } = asked;
    return answer({ experiment, swarm, surface, controls, question, found, level, randomSeed });
  });
}

type NoContrast = { readonly reason: Warning };

const CONSTANT: Warning = {
  code: 'outcome_constant',
  text: 'All runs have the same score: neither an effect nor the noise can be told from that.',
};

function notAnswered(
  experiment: Experiment,
  question: SwarmQuestion,
  found: SwarmContrast | NoContrast,
): Effect {
  return notIdentified(experiment, question, SURFACE, 'reason' in found ? [found.reason] : []);
}

/** The contrast, or the reason why this swarm cannot estimate it. */
function contrastOrReason(
  experiment: Experiment,
  swarm: Swarm,
  surface: ResponseSurface | undefined,
  question: SwarmQuestion,
): SwarmContrast | NoContrast {
  const because = (code: string, text: string): NoContrast => ({ reason: { code, text } });
  const { rule, slice } = question;
  const { observations } = swarm;
  if (rule.rule === 'added_budget') {
    return because(
      'fixed_budget_swarm',
      'The swarm was run at one budget, so the effect of a larger budget is unknown.',
    );
  }
  if (!observations.components.some((leaf) => isWithin(leaf, slice))) {
    return because('slice_never_varied', `No training mixture holds ${slice}.`);
  }
  const tied = movesTogether(swarm, slice, experiment.runs);
  if (tied) return { reason: tied };
  if (!isSpread(observations.values)) return { reason: CONSTANT };
  return contrastWithin(experiment, swarm, surface, { ...question, rule });
}

/** The contrast of a question at one budget, or the reason and the runs that would change it. */
function contrastWithin(
  experiment: Experiment,
  swarm: Swarm,
  surface: ResponseSurface | undefined,
  question: SwarmQuestion & { readonly rule: FixedBudgetRule },
): SwarmContrast | NoContrast {
  const text = `No other slice can take the tokens of ${question.slice}.`;
  const nothing = { reason: { code: 'nothing_to_refill', text } };
  const mixtures = mixturesOf(experiment, swarm.observations, question);
  if (!mixtures) return nothing;
  if (!surface)
    return {
      reason: {
        code: 'too_few_mixtures',
        text: mixturesForSurface(experiment, swarm, question.capability, mixtures),
      },
    };
  const found = supportedContrast(surface, question, mixtures);
  if (!found) return nothing;
  if (found.hullDistance > HULL_REACH) {
    const distance = `The contrast lies ${found.hullDistance.toFixed(3)} outside the hull of the training mixtures.`;
    const needed = mixturesForSupport(experiment, swarm, question, mixtures);
    return { reason: { code: 'outside_support', text: `${distance} ${needed}` } };
  }
  const beyond = outsideOutcomes(surface, found);
  return beyond ? { reason: beyond } : found;
}

/** Means of both sides on the surface, in the unit of the score. */
const levelsOf = (surface: ResponseSurface, { contrast }: SwarmContrast) => ({
  more: mixtureMean(newRunOf(surface, contrast.more)),
  less: mixtureMean(newRunOf(surface, contrast.less)),
});

/** Why an effect is no answer: a side lies beyond the range of the outcomes by more than their standard deviation. */
function outsideOutcomes(surface: ResponseSurface, found: SwarmContrast): Warning | undefined {
  const { values } = surface.observations;
  const spread = Math.sqrt(variance(values));
  const [low, high] = [Math.min, Math.max].map((pick) => values.reduce((most, value) => pick(most, value)));
  const beyond = Object.values(levelsOf(surface, found)).find(
    (level) => level < low! - spread || level > high! + spread,
  );
  if (beyond === undefined) return undefined;
  const text = `The surface would be at ${beyond.toPrecision(3)}, and all runs lie from ${low!.toPrecision(3)} to ${high!.toPrecision(3)}.`;
  return { code: 'outside_outcomes', text };
}

/** What the controls of all questions share. */
type SharedControls = { readonly shuffled: ShuffledSurfaces; readonly leftOut: NegativeControl };

type AnswerParts = {
  readonly experiment: Experiment;
  readonly swarm: Swarm;
  readonly surface: ResponseSurface;
  readonly question: SwarmQuestion;
  readonly found: SwarmContrast;
  readonly controls: SharedControls | undefined;
  readonly level: number;
  readonly randomSeed: number;
};

function answer(parts: AnswerParts): Effect {
  const { experiment, swarm, surface, question, found, level } = parts;
  const score = swarm.runs[0]!.score;
  const audit = auditSwarm(experiment, swarm, question);
  if (audit.refusal) {
    return {
      ...notIdentified(experiment, question, SURFACE, [audit.refusal]),
      differences: audit.differences,
    };
  }
  const finite = finiteEffect(surface, found.contrast, level);
  return {
    estimand: estimand(question, found.more, found.less),
    displacement: question.displacement,
    effect: finite.value,
    interval: finite.interval,
    otherIntervals: [],
    pValue: finite.pValue,
    ...UNTESTED,
    identification: audit.identification,
    n: { runs: surface.observations.values.length, seeds: seedsPerMixture(swarm).fewest },
    estimator: SURFACE,
    chosenBy: chosenBy(surface, swarm.runs.length),
    unit: score.unit,
    higherIsBetter: score.higherIsBetter,
    relativeChange: relativeChange([levelsOf(surface, found)]),
    minimumDetectableEffect: detectable(finite.standardError),
    slope: slopeOf(slopeEffect(surface, found.contrast, level), found, question),
    differences: audit.differences,
    warnings: [
      ...audit.warnings,
      ...swarmWarnings(swarm, found.hullDistance),
      ...partialDose(question, found),
      ...partOfRuns(swarm, surface),
      ...observationalWarnings(swarm, question, found, finite),
    ],
    negativeControls: controlsOf(parts, finite),
    evidence: evidenceOf(swarm.runs),
    proxy: experiment.proxy ?? null,
    randomSeed: parts.randomSeed,
    ...splitOf(parts, finite, audit.identification),
  };
}

function controlsOf(
  { controls, surface, found, randomSeed }: AnswerParts,
  finite: Estimated,
): readonly NegativeControl[] {
  if (!controls) return [];
  return [
    shuffledMixtureLabels(controls.shuffled, found.contrast, finite, surface.observations.values.length),
    controls.leftOut,
    plantedSwarmEffect(surface, found.contrast, finite, random(randomSeed)),
  ];
}

/** The parts of a proportional effect, from the draws that gave it. */
function splitOf(
  { swarm, surface, question, found, level }: AnswerParts,
  { value, interval }: Estimated,
  identification: Effect['identification'],
): Pick<Effect, 'decomposition'> {
  if (question.rule.rule !== 'proportional') return {};
  const decomposition = decomposeSurface(surface, {
    slice: question.slice,
    level,
    bundle: { estimate: value, interval, identification },
    found,
    runs: seedsPerMixture(swarm).fewest,
    evidence: evidenceOf(swarm.runs),
  });
  return { decomposition };
}

/** Warns where the swarm is larger than a surface can be fitted to. */
function partOfRuns({ runs }: Swarm, { observations }: ResponseSurface): Warning[] {
  const fitted = observations.values.length;
  if (fitted === runs.length) return [];
  const text = `The surface is fitted to ${fitted} of the ${runs.length} runs, those whose mixtures lie farthest apart: more would take minutes.`;
  return [{ code: 'part_of_runs', text }];
}

/** Warns where the effect is of a smaller reduction than the one asked for. */
function partialDose({ slice }: SwarmQuestion, { more, less, isPartial }: SwarmContrast): Warning[] {
  if (!isPartial) return [];
  const [from, to] = [more, less].map(({ share }) => `${(100 * share).toFixed(1)} %`);
  const text = `Too few training mixtures are near the one with less of ${slice}: the effect is of ${from} against ${to}, the smallest share that is supported.`;
  return [{ code: 'partial_dose', text }];
}

/** The Gateaux slope is the Cox slope times (1 - share): towards the pure slice all other shares shrink alike. */
function slopeOf(
  { value, interval }: Estimated,
  { more }: SwarmContrast,
  { rule }: SwarmQuestion,
): Effect['slope'] {
  const gateaux = rule.rule === 'proportional' ? value * (1 - more.share) : null;
  return { cox: value, gateaux, interval };
}
