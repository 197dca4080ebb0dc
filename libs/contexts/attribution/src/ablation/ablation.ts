import { valueIn } from '@tributary/kernel';
import { ablationWarnings } from './ablation-checks.ts';
import { ablationControls } from './ablation-controls.ts';
import { whileOutcomesArrive } from './anytime-effect.ts';
import { compareArms } from './arm-comparison.ts';
import type { ArmValues } from './arm-comparison.ts';
import { findPair, realise } from './arm-pair.ts';
import type { ArmPair, RealisedArm } from './arm-pair.ts';
import { inBlocks, seedOutcomes, valuesOf } from './seed-outcomes.ts';
import type { SeedOutcome } from './seed-outcomes.ts';
import { shareOf } from '../composition/composition.ts';
import type { Displacement } from '../composition/displacement.ts';
import { auditArms } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import { outcomesToCome } from '../controls/peek.ts';
import { estimand, evidenceOf, notIdentified, UNTESTED } from '../effect.ts';
import type { EffectQuestion, Effect } from '../effect.ts';
import { armsOf, scoredRuns } from '../experiment.ts';
import type { Experiment } from '../experiment.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { mean, variance } from '../numerics/moments.ts';
import { random } from '../numerics/random.ts';
import { relativeChange } from '../statistics/relative-change.ts';
import type { RelativeChange } from '../statistics/relative-change.ts';
import { seedsAndItems } from '../statistics/seeds-and-items.ts';
import type { Comparison, Interval } from '../statistics/welch.ts';

export type AblationQuestion = EffectQuestion & {
  readonly rule: Displacement;
  readonly level: number;
  /** Whether shared seeds make blocks; runs are compared unpaired where it is false. */
  readonly paired: boolean;
  readonly randomSeed: number;
};

const ABLATION_VERSION = '5';
const WELCH = { id: 'controlled_ablation.welch', version: ABLATION_VERSION };

export function realisedArms(experiment: Experiment, capability: string): RealisedArm[] {
  return armsOf(experiment, 'controlled_ablation').flatMap((arm) => {
    const runs = scoredRuns(experiment, arm, capability);
    return runs.length > 0 ? [realise(arm, runs)] : [];
  });
}

/**
 * Controlled ablation: the difference in mean outcome of the two arms that differ by the slice alone,
 * mean(more) - mean(less), in the unit of the score. Its interval is by a paired t where both arms ran the same three or
 * more seeds (a design in blocks), else by Welch's t (Welch 1947), or by a t with the seed variance of other arms where an
 * arm has a single seed. Runs of one seed count as one. There is no interval where seeds do not differ in either arm. With items recorded, a second interval is over new seeds and new items (`seedsAndItems`). While outcomes are still to come, interval
 * and p value hold at every look (`whileOutcomesArrive`). Undefined where no
 * pair of arms fits the question; `not_identified` with `scores_not_comparable`, `exposure_units_differ` or
 * `evaluations_not_matched` where the outcomes are different quantities.
 */
export function ablationEffect(experiment: Experiment, question: AblationQuestion): Effect | undefined {
  const arms = realisedArms(experiment, question.capability);
  const pair = findPair(arms, question.slice, question.rule);
  if (!pair) return undefined;
  const runs = [...pair.more.runs, ...pair.less.runs];
  const reason = notComparable(runs, question.capability, question.rule.rule === 'added_budget');
  if (reason) return notIdentified(experiment, question, WELCH, [reason]);
  return answer(experiment, question, pair, arms);
}

function answer(
  experiment: Experiment,
  question: AblationQuestion,
  found: ArmPair,
  arms: readonly RealisedArm[],
): Effect {
  const { level } = question;
  const blocks = question.paired ? inBlocks(found) : { pair: found, isBlocked: false, warnings: [] };
  const { pair, isBlocked } = blocks;
  const { more, less } = pair;
  const { comparison, estimatorId, noted, values } = compareArms(pair, arms, { level, isBlocked });
  const isBudgetAdded = question.rule.rule === 'added_budget';
  const audit = auditArms(experiment, pair, question.capability, isBudgetAdded);
  const ofContrast = ablationWarnings(experiment, pair, question.slice, question.rule);
  const interval = comparison?.interval ?? null;
  const runs = [...more.runs, ...less.runs];
  const score = runs[0]!.score;
  const dose = (arm: RealisedArm) => ({ mixture: arm.arm.arm, share: shareOf(arm.shares, question.slice) });
  const minimum = comparison ? detectable(comparison.standardError, comparison.degreesOfFreedom) : null;
  const controls = { level, detectable: minimum, generator: random(question.randomSeed) };
  const effect: Effect = {
    estimand: estimand(question, dose(more), dose(less)),
    displacement: question.displacement,
    effect: mean(valuesOf(more)) - mean(valuesOf(less)),
    interval,
    otherIntervals: itemInterval(pair, values?.isPaired ?? false, level),
    pValue: comparison?.pValue ?? null,
    ...UNTESTED,
    identification: audit.identification,
    n: { runs: runs.length, seeds: Math.min(valuesOf(more).length, valuesOf(less).length) },
    estimator: { id: estimatorId, version: ABLATION_VERSION },
    chosenBy: null,
    unit: score.unit,
    higherIsBetter: score.higherIsBetter,
    relativeChange: changeOf(pair, comparison, question.level),
    minimumDetectableEffect: minimum,
    slope: null,
    differences: audit.differences,
    warnings: [...audit.warnings, ...ofContrast, ...blocks.warnings, ...noted],
    negativeControls: ablationControls(values, comparison, controls),
    evidence: evidenceOf(runs),
    proxy: experiment.proxy ?? null,
    randomSeed: question.randomSeed,
  };
  if (!comparison || outcomesToCome(experiment) === undefined) return effect;
  return whileOutcomesArrive(effect, { estimate: comparison, observations: observationsOf(values, pair) });
}

/** Observations behind the estimate, as `anytimeComparison` counts them. */
function observationsOf(values: ArmValues | undefined, { more, less }: ArmPair): number {
  if (values?.isPaired) return values.more.length;
  const [high, low] = [valuesOf(more).length, valuesOf(less).length];
  return (high * low) / (high + low);
}

function itemInterval({ more, less }: ArmPair, isPaired: boolean, level: number): Interval[] {
  const [high, low] = [seedOutcomes(more.runs), seedOutcomes(less.runs)];
  const items = (of: readonly SeedOutcome[]) => of.flatMap((seed) => seed.items ?? []);
  const ofLow = new Map(low.map((outcome) => [outcome.seed, outcome]));
  const matched = isPaired ? high.flatMap(({ seed }) => ofLow.get(seed) ?? []) : low;
  if (items(high).length < high.length || items(matched).length < low.length) return [];
  const found = seedsAndItems(items(high), items(matched), { level, isPaired });
  return found ? [found.interval] : [];
}

function changeOf(
  { more, less }: ArmPair,
  comparison: Comparison | undefined,
  level: number,
): RelativeChange {
  const names = Object.keys(more.runs[0]!.score.benchmarks ?? {}).toSorted();
  const benchmarkMean = (arm: RealisedArm, name: string) =>
    mean(arm.runs.map((run) => valueIn(run.score.benchmarks ?? {}, name) ?? Number.NaN));
  const pairs = names.map((name) => ({ more: benchmarkMean(more, name), less: benchmarkMean(less, name) }));
  const complete = pairs.filter((pair) => Number.isFinite(pair.more) && Number.isFinite(pair.less));
  if (complete.length > 1) return relativeChange(complete, level);
  const [high, low] = [valuesOf(more), valuesOf(less)];
  const means = { more: mean(high), less: mean(low) };
  if (high.length < 2 || low.length < 2) return relativeChange([means], level);
  const error = (values: readonly number[]) => Math.sqrt(variance(values) / values.length);
  const pair = { ...means, moreError: error(high), lessError: error(low) };
  return relativeChange([pair], level, comparison?.degreesOfFreedom);
}
