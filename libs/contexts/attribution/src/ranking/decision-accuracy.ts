import { requireFinite } from '../numerics/require-finite.ts';
import { mean } from '../numerics/moments.ts';
import type { Interval } from '../statistics/welch.ts';

/** The scores of a recipe at two scales, one value for each run, the higher the better. */
export type ScaledRecipe = {
  readonly recipe: string;
  readonly small: readonly number[];
  readonly target: readonly number[];
  /** Those of the target that differ by their seeds alone. */
  readonly repeated: readonly number[];
};

export type DecisionAccuracy = {
  /** Share of pairs of recipes that the means of the small runs order as those of the target do; a tie counts one half. */
  readonly accuracy: number;
  readonly interval: Interval;
  /** The same for one small run of each recipe, over all choices of them; undefined where every recipe has one. */
  readonly singleRun: number | undefined;
  /** What a repetition of the target would reach; undefined where it was not repeated for `LEAST_RECIPES`. */
  readonly repeatability: Repeatability | undefined;
  readonly pairs: number;
  /** Pairs of which the means are equal at a scale. */
  readonly ties: number;
  /** The recipe that each scale puts first; of equal ones the first by name. */
  readonly picked: string;
  readonly best: string;
  /** What the target loses with the picked recipe, in the unit of its score. */
  readonly regret: number;
};

/** How often one run of each recipe at the target decides as the mean of its other ones, which differ by their seeds alone. */
type Repeatability = { readonly share: number; readonly pairs: number };

/** Fewer recipes make fewer than three pairs, of which no share says anything. */
export const LEAST_RECIPES = 3;

export const DECISION_ACCURACY = { id: 'decision_accuracy', version: '1' };

const LEVEL = 0.95;
/** Of the standard normal distribution, for `LEVEL`. */
const QUANTILE = 1.959964;

/**
 * How often a small scale decides between two recipes as the target does (decision accuracy, DataDecide, arXiv 2504.11393).
 * It is a U-statistic over pairs, (1 + Kendall's tau) / 2 without ties. Its interval is Wilson's for as many
 * independent pairs as have the variance that leaving out one recipe at a time finds, at least the pairs that share no
 * recipe: the mean over all pairs varies no more than that over those (Hoeffding 1963, section 5). Throws Fault
 * `not_finite`.
 */
export function decisionAccuracy(recipes: readonly ScaledRecipe[]): DecisionAccuracy {
  const sorted = recipes.toSorted(
    (left, right) => Number(left.recipe > right.recipe) - Number(left.recipe < right.recipe),
  );
  for (const { recipe, small, target } of sorted)
    requireFinite(`the scores of ${recipe}`, [...small, ...target]);
  const small = sorted.map((one) => mean(one.small));
  const target = sorted.map((one) => mean(one.target));
  const agreement = agreementOf(small, target);
  const picked = firstOf(small);
  const best = firstOf(target);
  return {
    accuracy: agreement.share,
    interval: intervalOf(agreement),
    singleRun: sorted.some((one) => one.small.length > 1) ? overRuns(sorted, agreesWith(target)) : undefined,
    repeatability: repeatabilityOf(sorted),
    pairs: agreement.pairs,
    ties: agreement.ties,
    picked: sorted[picked]?.recipe ?? '',
    best: sorted[best]?.recipe ?? '',
    regret: (target[best] ?? 0) - (target[picked] ?? 0),
  };
}

/** 1 where two differences have one sign, 0 where they have opposite ones, one half where one of them is zero. */
const agrees = (left: number, right: number): number => (1 + Math.sign(left) * Math.sign(right)) / 2;

type Agreement = {
  readonly share: number;
  readonly pairs: number;
  readonly ties: number;
  /** By recipe: the sum over its pairs. */
  readonly sums: readonly number[];
};

function agreementOf(small: readonly number[], target: readonly number[]): Agreement {
  const sums = small.map(() => 0);
  let ties = 0;
  forPairs(small.length, (left, right) => {
    const [atSmall, atTarget] = [small[left]! - small[right]!, target[left]! - target[right]!];
    const agreed = agrees(atSmall, atTarget);
    sums[left]! += agreed;
    sums[right]! += agreed;
    if (atSmall === 0 || atTarget === 0) ties += 1;
  });
  const pairs = pairsOf(small.length);
  return { share: sums.reduce((sum, one) => sum + one, 0) / 2 / pairs, pairs, ties, sums };
}

const pairsOf = (recipes: number): number => (recipes * (recipes - 1)) / 2;

function forPairs(recipes: number, visit: (left: number, right: number) => void): void {
  for (let left = 0; left < recipes; left++) for (let right = 0; right < left; right++) visit(left, right);
}

function intervalOf({ share, pairs, sums }: Agreement): Interval {
  const count = independentPairs({ share, pairs, sums });
  const square = QUANTILE ** 2;
  const centre = (share + square / 2 / count) / (1 + square / count);
  const reach =
    (QUANTILE * Math.sqrt((share * (1 - share)) / count + square / 4 / count ** 2)) / (1 + square / count);
  const method = 'Wilson, pairs by leaving out recipes';
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach), level: LEVEL, method };
}

/** As many pairs as would have the variance of the share if they were independent. */
function independentPairs({ share, pairs, sums }: Omit<Agreement, 'ties'>): number {
  const recipes = sums.length;
  const apart = Math.floor(recipes / 2);
  const without = sums.map((sum) => (share * pairs - sum) / pairsOf(recipes - 1));
  const centre = mean(without);
  const spread = without.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  const variance = (spread * (recipes - 1)) / recipes;
  const count = variance > 0 ? (share * (1 - share)) / variance : apart;
  return Math.min(pairs, Math.max(apart, count));
}

type Compare = (left: number, right: number, ofRuns: readonly [number, number]) => number;

/** Mean over pairs of recipes of the mean over choices of one small run of each. */
function overRuns(recipes: readonly ScaledRecipe[], compare: Compare): number {
  let sum = 0;
  forPairs(recipes.length, (left, right) => {
    const [ofLeft, ofRight] = [recipes[left]!.small, recipes[right]!.small];
    sum += mean(ofLeft.flatMap((one) => ofRight.map((other) => compare(left, right, [one, other]))));
  });
  return sum / pairsOf(recipes.length);
}

const agreesWith =
  (target: readonly number[]): Compare =>
  (left, right, [one, other]) =>
    agrees(one - other, target[left]! - target[right]!);

function repeatabilityOf(recipes: readonly ScaledRecipe[]): Repeatability | undefined {
  const repeated = recipes.filter((one) => one.repeated.length > 1).map((one) => withOthers(one.repeated));
  if (repeated.length < LEAST_RECIPES) return undefined;
  let sum = 0;
  forPairs(repeated.length, (left, right) => {
    const agreed = repeated[left]!.flatMap(([one, others]) =>
      repeated[right]!.map(([other, ofOther]) => agrees(one - other, others - ofOther)),
    );
    sum += mean(agreed);
  });
  const pairs = pairsOf(repeated.length);
  return { share: sum / pairs, pairs };
}

/** Each run with the mean of the others. */
function withOthers(runs: readonly number[]): (readonly [number, number])[] {
  const sum = runs.reduce((all, one) => all + one, 0);
  return runs.map((one) => [one, (sum - one) / (runs.length - 1)] as const);
}

const firstOf = (values: readonly number[]): number =>
  values.reduce((first, value, index) => (value > values[first]! ? index : first), 0);
