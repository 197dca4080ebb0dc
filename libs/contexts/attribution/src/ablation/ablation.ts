import { valueIn } from '@tributary/kernel';
import { ablationWarnings } from './ablation-checks.ts';
import { findPair, realise } from './arm-pair.ts';
import type { ArmPair, RealisedArm } from './arm-pair.ts';
import { shareOf } from '../composition/composition.ts';
import type { Displacement } from '../composition/displacement.ts';
import { auditArms } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import { estimand, evidenceOf, notIdentified, UNTESTED } from '../effect.ts';
import type { EffectQuestion, Effect, NegativeControl } from '../effect.ts';
import { armsOf, scoredRuns } from '../experiment.ts';
import type { Experiment, ScoredRun, Warning } from '../experiment.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { mean, variance } from '../numerics/moments.ts';
import { permutation, random } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { relativeChange } from '../statistics/relative-change.ts';
import type { RelativeChange } from '../statistics/relative-change.ts';
import { twoLevelBootstrap } from '../statistics/two-level-bootstrap.ts';
import { borrowedComparison, pairedComparison, pooledNoise, welch } from '../statistics/welch.ts';
import type { Comparison, Interval } from '../statistics/welch.ts';

export type AblationQuestion = EffectQuestion & {
  readonly rule: Displacement;
  readonly level: number;
  /** Whether shared seeds make blocks; runs are compared unpaired where it is false. */
  readonly paired: boolean;
  readonly randomSeed: number;
};

const ABLATION_VERSION = '2';
const WELCH = { id: 'controlled_ablation.welch', version: ABLATION_VERSION };

const valuesOf = ({ runs }: RealisedArm) => runs.map((run) => run.score.value);
const seedsOf = (runs: readonly ScoredRun[]) => new Set(runs.map((run) => run.seed ?? run.runId)).size;

export function realisedArms(experiment: Experiment, capability: string): RealisedArm[] {
  return armsOf(experiment, 'controlled_ablation').flatMap((arm) => {
    const runs = scoredRuns(experiment, arm.arm, capability);
    return runs.length > 0 ? [realise(arm, runs)] : [];
  });
}

/**
 * Controlled ablation: the difference in mean outcome of the two arms that differ by the slice alone,
 * mean(more) - mean(less), in the unit of the score. Its interval is by a paired t where both arms ran the same three or
 * more seeds (a design in blocks), else by Welch's t (Welch 1947), or by a t with the seed variance of other arms where an
 * arm has a single seed. With items recorded, a second interval is by bootstrap over seeds and items. Undefined where no
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
  pair: ArmPair,
  arms: readonly RealisedArm[],
): Effect {
  const { more, less } = pair;
  const { comparison, estimatorId, noted } = compare(pair, arms, question);
  const isBudgetAdded = question.rule.rule === 'added_budget';
  const audit = auditArms(experiment, pair, question.capability, isBudgetAdded);
  const ofContrast = ablationWarnings(experiment, pair, question.slice, question.rule);
  const interval = comparison?.interval ?? null;
  const runs = [...more.runs, ...less.runs];
  const score = runs[0]!.score;
  const dose = (arm: RealisedArm) => ({ mixture: arm.arm.arm, share: shareOf(arm.shares, question.slice) });
  const generator = random(question.randomSeed);
  return {
    estimand: estimand(question, dose(more), dose(less)),
    displacement: question.displacement,
    effect: mean(valuesOf(more)) - mean(valuesOf(less)),
    interval,
    otherIntervals: itemInterval(pair, generator, question.level),
    pValue: comparison?.pValue ?? null,
    ...UNTESTED,
    identification: audit.identification,
    n: { runs: runs.length, seeds: Math.min(seedsOf(more.runs), seedsOf(less.runs)) },
    estimator: { id: estimatorId, version: ABLATION_VERSION },
    chosenBy: null,
    unit: score.unit,
    higherIsBetter: score.higherIsBetter,
    relativeChange: changeOf(pair, comparison, question.level),
    minimumDetectableEffect: comparison ? detectable(comparison.standardError) : null,
    slope: null,
    differences: audit.differences,
    warnings: [...audit.warnings, ...ofContrast, ...noted],
    negativeControls: [armLabelPlacebo(valuesOf(more), valuesOf(less), generator, question.level)],
    evidence: evidenceOf(runs),
    proxy: experiment.proxy ?? null,
    randomSeed: question.randomSeed,
  };
}

type ChosenComparison = { comparison: Comparison | undefined; estimatorId: string; noted: Warning[] };

function compare(
  { more, less }: ArmPair,
  arms: readonly RealisedArm[],
  { level, paired }: AblationQuestion,
): ChosenComparison {
  const [high, low] = [valuesOf(more), valuesOf(less)];
  if (high.length > 1 && low.length > 1) {
    const matched = paired ? bySeed(more.runs, less.runs) : undefined;
    if (!matched) return { comparison: welch(high, low, level), estimatorId: WELCH.id, noted: [] };
    const comparison = pairedComparison(matched.more, matched.less, level);
    return { comparison, estimatorId: 'controlled_ablation.paired_t', noted: [] };
  }
  const single = { code: 'single_seed', text: 'An arm has a single seed.' };
  const noise = pooledNoise(arms.map(valuesOf));
  if (!noise) {
    const noted = [{ ...single, text: 'No seeds, no interval: point estimates only.' }];
    return { comparison: undefined, estimatorId: 'controlled_ablation.point', noted };
  }
  const text = `The noise is borrowed from other arms (${noise.degreesOfFreedom} degrees of freedom).`;
  const noted = [single, { code: 'borrowed_noise', text }];
  const comparison = borrowedComparison(high, low, noise, level);
  return { comparison, estimatorId: 'controlled_ablation.borrowed_noise', noted };
}

type SeedPairs = { readonly more: readonly number[]; readonly less: readonly number[] };

const largest = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Spread of the differences, relative to the values, that is rounding and would give an interval without width. */
const NO_SPREAD = 1e-9;

/** Values paired by seed, where both arms ran the same three or more seeds once each and their differences vary. */
function bySeed(more: readonly ScoredRun[], less: readonly ScoredRun[]): SeedPairs | undefined {
  const table = (runs: readonly ScoredRun[]) =>
    new Map(runs.flatMap((run) => (run.seed === undefined ? [] : [[run.seed, run.score.value] as const])));
  const [high, low] = [table(more), table(less)];
  const seeds = [...high.keys()].filter((seed) => low.has(seed));
  if (seeds.length < 3 || seeds.length !== more.length || seeds.length !== less.length) return undefined;
  const pairs = { more: seeds.map((seed) => high.get(seed)!), less: seeds.map((seed) => low.get(seed)!) };
  const differences = pairs.more.map((value, index) => value - pairs.less[index]!);
  const scale = largest([...pairs.more, ...pairs.less]);
  return Math.sqrt(variance(differences)) > NO_SPREAD * scale ? pairs : undefined;
}

function itemInterval({ more, less }: ArmPair, generator: Random, level: number): Interval[] {
  const items = (arm: RealisedArm) => arm.runs.flatMap((run) => run.score.items ?? []);
  const [high, low] = [items(more), items(less)];
  const whole = high.length === more.runs.length && low.length === less.runs.length;
  if (!whole || high.length < 2 || low.length < 2) return [];
  const bootstrapped = twoLevelBootstrap(high, low, generator, { level });
  return bootstrapped ? [bootstrapped.interval] : [];
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

const SHUFFLES = 200;
const TOLERATED_RATE = 0.1;

/** A random order of labels other than the assignment and its mirror: of three runs an arm those are a tenth. */
function properShuffle(count: number, size: number, generator: Random): number[] {
  for (;;) {
    const order = permutation(count, generator);
    const kept = order.slice(0, size).filter((index) => index < size).length;
    if (kept > 0 && kept < size) return order;
  }
}

/** Placebo test: with permuted arm labels there is no effect, so Welch's test may find one at its nominal rate only. */
function armLabelPlacebo(
  more: readonly number[],
  less: readonly number[],
  generator: Random,
  level: number,
): NegativeControl {
  const name = 'shuffled_arm_labels';
  const all = [...more, ...less];
  if (more.length < 3 || less.length < 3) {
    return {
      name,
      outcome: 'not_run',
      trials: 0,
      falsePositives: 0,
      text: 'The test needs three runs in each arm.',
    };
  }
  let falsePositives = 0;
  for (let trial = 0; trial < SHUFFLES; trial++) {
    const order = properShuffle(all.length, more.length, generator).map((index) => all[index]!);
    const { interval } = welch(order.slice(0, more.length), order.slice(more.length), level);
    if (interval.low > 0 || interval.high < 0) falsePositives++;
  }
  const rate = falsePositives / SHUFFLES;
  const outcome = rate <= TOLERATED_RATE ? 'passed' : 'failed';
  const text = `${(100 * rate).toFixed(1)} % of ${SHUFFLES} shuffles of the arm labels show an effect.`;
  return { name, outcome, trials: SHUFFLES, falsePositives, text };
}
