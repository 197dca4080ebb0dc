import { largest, smallest } from '@tributary/kernel';
import { isWithin } from '../composition/composition.ts';
import type { Displacement } from '../composition/displacement.ts';
import { auditSwarm } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import { estimand, evidenceOf, notIdentified, UNTESTED } from '../effect.ts';
import type { Effect, EffectQuestion } from '../effect.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { isSpread, variance } from '../numerics/moments.ts';
import { orthonormal, unexplained } from '../numerics/orthonormal.ts';
import { random, seedFrom } from '../numerics/random.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { robustnessValue } from '../statistics/robustness-value.ts';
import { studentComparison } from '../statistics/welch.ts';
import type { Comparison, Estimate } from '../statistics/welch.ts';
import { seedsPerMixture } from '../swarm/swarm-checks.ts';
import type { Swarm } from '../swarm/swarm.ts';
import { adjustmentWarnings } from './adjustment-warnings.ts';
import type { AdjustedCovariate, Adjustment } from './adjustment.ts';
import { covariatesOf } from './covariates.ts';
import type { Covariate } from './covariates.ts';
import { movesTogether } from './moves-together.ts';
import { observedContrast } from './observed-contrast.ts';
import type { ObservedContrast } from './observed-contrast.ts';
import { partialRegression } from './partial-slope.ts';
import type { PartialRegression } from './partial-slope.ts';
import { correlated, notSeparable } from './separable.ts';
import type { Correlated } from './separable.ts';
import { shuffledResiduals } from './shuffled-residuals.ts';

const REGRESSION = { id: 'observational.partial_regression', version: '2' };

/** Runs that must remain after one for each term: with fewer neither noise nor curvature can be seen. */
const LEAST_DEGREES = 10;

/** Runs for each term from which numbers also enter by their squares. */
const CURVED_FROM = 10;

/** Distinct values from which a number has a curvature. */
const CURVED_VALUES = 4;

type Question = EffectQuestion & { readonly rule: Displacement; readonly level: number };

/**
 * The effect of a slice over runs that nobody assigned and that differ in more than their mixtures: the slope of the outcome
 * on the share along the displacement, adjusted for the other shares and for every recorded covariate (`covariatesOf`) by
 * linear regression (backdoor adjustment, Pearl 2009, section 3.3; `partialRegression`), times the dose. In the unit of the
 * score, an association at most. `not_identified` with `scores_not_comparable`, `exposure_units_differ`,
 * `fixed_budget_swarm`, `slice_never_varied`, `outside_support`, `not_separable`, `too_few_runs`, `outcome_constant` or
 * `outside_outcomes`.
 */
export function adjustedEffect(experiment: Experiment, swarm: Swarm, question: Question): Effect {
  const because = (reason: Warning) => notIdentified(experiment, question, REGRESSION, [reason]);
  const found = contrastOrReason(swarm, question);
  if ('code' in found) return because(found);
  const regressed = regressionOrReason(swarm, question, found);
  if ('code' in regressed) return because(regressed);
  return answer({ experiment, swarm, question, contrast: found, regressed });
}

function contrastOrReason(swarm: Swarm, { capability, slice, rule }: Question): ObservedContrast | Warning {
  const { runs, observations } = swarm;
  const unlike = notComparable(runs, capability, true);
  if (unlike) return unlike;
  if (rule.rule === 'added_budget') {
    const text =
      'The budget is adjusted for here; the effect of a larger one needs arms that differ by it alone.';
    return { code: 'fixed_budget_swarm', text };
  }
  if (!observations.components.some((leaf) => isWithin(leaf, slice)))
    return { code: 'slice_never_varied', text: `No run holds ${slice}.` };
  if (!isSpread(observations.values))
    return { code: 'outcome_constant', text: 'All runs have the same score.' };
  const tied = movesTogether(swarm, slice);
  if (tied) return tied;
  const text = `No two mixtures differ by ${slice} along this displacement inside those that were run.`;
  return observedContrast(swarm, slice, rule) ?? { code: 'outside_support', text };
}

/** The regression of a contrast, with the covariates and without. */
type Regressed = {
  readonly covariates: readonly Correlated[];
  readonly basis: readonly Float64Array[];
  /** Of the constant and the other shares alone. */
  readonly ofShares: readonly Float64Array[];
  readonly adjusted: PartialRegression;
  readonly unadjusted: PartialRegression;
};

function regressionOrReason(
  { runs }: Swarm,
  { slice }: Question,
  contrast: ObservedContrast,
): Regressed | Warning {
  const covariates = correlated(covariatesOf(runs), contrast.share);
  const ofShares = orthonormal(runs.length, contrast.others);
  const linear = orthonormal(
    runs.length,
    covariates.flatMap(({ columns }) => columns),
    ofShares,
  );
  const basis = withCurvature(linear, covariates);
  const tied = notSeparable(slice, covariates, contrast.share, { basis, held: ofShares });
  if (tied) return tied;
  const needed = basis.length + 1 + LEAST_DEGREES;
  if (runs.length < needed) {
    const text =
      `${runs.length} runs, and ${basis.length + 1} terms: the constant, the shares and ${covariates.length} covariates. ` +
      `At least ${needed} runs are needed.`;
    return { code: 'too_few_runs', text };
  }
  const adjusted = partialRegression(contrast.share, basis);
  const unadjusted = partialRegression(contrast.share, ofShares);
  if (adjusted && unadjusted) return { covariates, basis, ofShares, adjusted, unadjusted };
  const text = `Nothing is left of the share of ${slice} when the other shares are held.`;
  return { code: 'not_separable', text };
}

/** The basis with the squares of numbers, where there are enough runs for them. */
function withCurvature(
  linear: readonly Float64Array[],
  covariates: readonly Covariate[],
): readonly Float64Array[] {
  const runs = linear[0]!.length;
  const squares = covariates
    .filter(({ countedAs, values }) => ['number', 'logarithm'].includes(countedAs) && values >= CURVED_VALUES)
    .map(({ columns }) => centredSquares(columns.at(-1)!));
  const curved = orthonormal(runs, squares, linear);
  return runs >= CURVED_FROM * curved.length ? curved : linear;
}

function centredSquares(column: Float64Array): Float64Array {
  const middle = column.reduce((sum, value) => sum + value, 0) / column.length;
  return column.map((value) => (value - middle) ** 2);
}

type Answered = {
  readonly experiment: Experiment;
  readonly swarm: Swarm;
  readonly question: Question;
  readonly contrast: ObservedContrast;
  readonly regressed: Regressed;
};

function answer(parts: Answered): Effect {
  const { experiment, swarm, question, contrast, regressed } = parts;
  const { runs, observations } = swarm;
  const dose = contrast.more.share - contrast.less.share;
  const ofDose = (slope: Estimate): Comparison =>
    studentComparison(
      { ...slope, effect: dose * slope.effect, standardError: dose * slope.standardError },
      question.level,
      'hc3_t',
    );
  const { robust, classical } = regressed.adjusted.slopeOf(observations.values);
  const estimated = ofDose(robust);
  const unadjusted = ofDose(regressed.unadjusted.slopeOf(observations.values).robust);
  const beyond = outsideOutcomes(observations.values, estimated.effect);
  if (beyond) return notIdentified(experiment, question, REGRESSION, [beyond]);
  const adjustedFor = new Set(
    regressed.covariates.flatMap(({ field, countedAs }) => (countedAs === 'none' ? [] : [field])),
  );
  const audit = auditSwarm(experiment, swarm, question, adjustedFor);
  if (audit.refusal) {
    const refused = notIdentified(experiment, question, REGRESSION, [audit.refusal]);
    return { ...refused, differences: audit.differences };
  }
  const adjustment: Adjustment = {
    unadjusted: { effect: unadjusted.effect, interval: unadjusted.interval },
    covariates: regressed.covariates.map(described),
    terms: regressed.basis.length + 1,
    remainingVariance: unexplained(contrast.share, regressed.basis, regressed.ofShares),
    effectiveRuns: effectiveRuns(regressed.adjusted.weights),
    robustness: robustnessValue(classical, question.level),
  };
  const randomSeed = seedFrom(experiment.name, question.capability, question.slice, question.displacement);
  const slope = studentComparison(robust, question.level, 'hc3_t');
  return {
    ...notIdentified(experiment, question, REGRESSION, []),
    estimand: estimand(question, contrast.more, contrast.less),
    effect: estimated.effect,
    interval: estimated.interval,
    pValue: estimated.pValue,
    ...UNTESTED,
    identification: audit.identification,
    n: { runs: runs.length, seeds: seedsPerMixture(swarm).fewest },
    chosenBy: chosenBy(regressed),
    unit: runs[0]!.score.unit,
    higherIsBetter: runs[0]!.score.higherIsBetter,
    minimumDetectableEffect: detectable(estimated.standardError, estimated.degreesOfFreedom),
    slope: {
      cox: slope.effect,
      gateaux: question.rule.rule === 'proportional' ? slope.effect * (1 - contrast.more.share) : null,
      interval: slope.interval,
    },
    differences: audit.differences,
    warnings: [...audit.warnings, ...adjustmentWarnings(parts, adjustment, observations.values)],
    negativeControls: [shuffledResiduals(regressed, observations.values, question.level, random(randomSeed))],
    evidence: evidenceOf(runs),
    randomSeed,
    adjustment,
  };
}

const described = ({ field, countedAs, values, recorded, correlation }: Correlated): AdjustedCovariate => ({
  field,
  countedAs,
  values,
  recorded,
  correlation,
});

const chosenBy = ({ covariates, basis }: Regressed): string =>
  `every recorded covariate that differs (${covariates.length}), in ${basis.length + 1} terms`;

/** (Σ w²)² / Σ w⁴: the number of equal weights that spread as these do. */
function effectiveRuns(weights: Float64Array): number {
  const of = (power: number) => weights.reduce((sum, weight) => sum + weight ** power, 0);
  return of(2) ** 2 / of(4);
}

/** Why an effect is no answer: it is larger than the range of the outcomes and their standard deviation together. */
function outsideOutcomes(values: Float64Array, effect: number): Warning | undefined {
  const range = largest([...values]) - smallest([...values]);
  if (Math.abs(effect) <= range + Math.sqrt(variance(values))) return undefined;
  const text = `The effect would be ${effect.toPrecision(3)}, and all scores lie within ${range.toPrecision(3)}.`;
  return { code: 'outside_outcomes', text };
}
