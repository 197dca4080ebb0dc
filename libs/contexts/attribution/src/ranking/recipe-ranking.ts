import { valueIn } from '@tributary/kernel';
import { differencesOf } from '../controls/differences.ts';
import { armNames } from '../discovery/arm-names.ts';
import { byMixture } from '../discovery/mixtures.ts';
import type { Refusal } from '../effect.ts';
import { isExposed, isMixtureUnknown, repeatedRuns } from '../experiment.ts';
import type { Run, Score, Warning } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';
import { decisionAccuracy, LEAST_RECIPES } from './decision-accuracy.ts';
import type { DecisionAccuracy, ScaledRecipe } from './decision-accuracy.ts';
import { atScale, isInRange, parametersOf, RANGE_TEXT, scaleText } from './scale.ts';
import type { Scale } from './scale.ts';

export type RankingQuestion = {
  readonly small: Scale;
  readonly target: Scale;
  /** The capability that decides at the target. */
  readonly capability: string;
  /** The capability that is measured at the small scale; the same where absent. */
  readonly proxy?: string | undefined;
};

/** The runs with their scores of the capability, and with those of the proxy: each is measured in one way. */
export type RankedRuns = {
  readonly target: readonly Run[];
  readonly small: readonly Run[];
  /** Parameters of all recorded models, which a refusal lists; those of the runs where absent. */
  readonly sizes?: readonly number[] | undefined;
};

/** A recipe with the means of its runs and its place at each scale, 1 the best; equal means share a place. */
export type RankedRecipe = {
  readonly recipe: string;
  readonly small: number;
  readonly smallRuns: number;
  readonly smallRank: number;
  readonly target: number;
  readonly targetRuns: number;
  readonly targetRank: number;
};

/** What was compared at a scale. */
export type RankedScale = Scale & {
  readonly runs: number;
  readonly unit: string;
  readonly higherIsBetter: boolean;
};

export type RecipeRanking = DecisionAccuracy & {
  /** In the order of the target, the best first. */
  readonly recipes: readonly RankedRecipe[];
  readonly smallScale: RankedScale;
  readonly targetScale: RankedScale;
  readonly warnings: readonly Warning[];
  /** Positions of the facts behind the compared runs. */
  readonly evidence: readonly string[];
};

export type RankingRefusal = Refusal<
  | 'scale_out_of_range'
  | 'same_scale'
  | 'unknown_scale'
  | 'several_budgets'
  | 'no_scored_runs'
  | 'unlike_scores'
  | 'too_few_recipes'
>;

type ScoredRun = Run & { readonly score: Score };

/**
 * Compares how two scales order recipes of data, by the mean score of the completed runs of each recipe. A recipe is a mixture
 * as realised, whatever its name; runs of both scales have one where their shares are one mixture by `byMixture`.
 */
export function rankRecipes(
  { capability, proxy = capability, small, target }: RankingQuestion,
  runs: RankedRuns,
): RecipeRanking | RankingRefusal {
  const outOfRange = [small, target].find((scale) => !isInRange(scale));
  if (outOfRange) return { refusal: 'scale_out_of_range', text: RANGE_TEXT };
  const sizes = runs.sizes ?? runs.target.map(parametersOf);
  const [ofSmall, ofTarget] = [atScale(runs.small, small, sizes), atScale(runs.target, target, sizes)];
  if ('refusal' in ofSmall) return ofSmall;
  if ('refusal' in ofTarget) return ofTarget;
  if (ofSmall.runs.some(({ runId }) => ofTarget.runs.some((run) => run.runId === runId)))
    return { refusal: 'same_scale', text: `${scaleText(small)} and ${scaleText(target)} are one scale.` };
  const [smallRuns, targetRuns] = [scoredOn(ofSmall.runs, proxy), scoredOn(ofTarget.runs, capability)];
  const unusable = unlike(smallRuns, proxy, small) ?? unlike(targetRuns, capability, target);
  if (unusable) return unusable;
  const recipes = recipesOf(smallRuns, targetRuns);
  const both = recipes.filter((recipe) => recipe.small.length > 0 && recipe.target.length > 0);
  if (both.length < LEAST_RECIPES) return tooFew(both, recipes);
  const members = both.flatMap((recipe) => [...recipe.small, ...recipe.target]);
  return {
    ...decisionAccuracy(both.map(scaled)),
    recipes: ranked(both),
    smallScale: summary(
      small,
      both.flatMap((recipe) => recipe.small),
    ),
    targetScale: summary(
      target,
      both.flatMap((recipe) => recipe.target),
    ),
    warnings: warningsOf(recipes, both, { small, target }),
    evidence: members.flatMap(({ evidence }) => evidence),
  };
}

/** Completed runs with recorded exposure and a score. */
function scoredOn(runs: readonly Run[], capability: string): ScoredRun[] {
  return runs.flatMap((run) => {
    const score = valueIn(run.scores, capability);
    return score && isExposed(run) && !isMixtureUnknown(run, undefined) ? [{ ...run, score }] : [];
  });
}

function unlike(runs: readonly ScoredRun[], capability: string, scale: Scale): RankingRefusal | undefined {
  const where = `at ${scaleText(scale)}`;
  if (runs.length === 0) {
    const text = `No completed run ${where} with recorded exposure has a score of ${capability}.`;
    return { refusal: 'no_scored_runs', text };
  }
  const text = runs.find(({ score }) => score.unlike !== undefined)?.score.unlike;
  return text === undefined ? undefined : { refusal: 'unlike_scores', text };
}

type Recipe = {
  readonly name: string;
  readonly small: readonly ScoredRun[];
  readonly target: readonly ScoredRun[];
};

function recipesOf(small: readonly ScoredRun[], target: readonly ScoredRun[]): Recipe[] {
  const all = [...small, ...target];
  const slices = [...new Set(all.flatMap(({ shares }) => Object.keys(shares)))].toSorted();
  const parts = byMixture(all, slices);
  const names = armNames(parts);
  const isSmall = new Set<Run>(small);
  return parts.map((part, index) => ({
    name: names[index] ?? '',
    small: eachOnce(part.filter((run) => isSmall.has(run))),
    target: eachOnce(part.filter((run) => !isSmall.has(run))),
  }));
}

/** Without runs of the recipe that repeat another one to the last digit. */
function eachOnce(runs: readonly ScoredRun[]): ScoredRun[] {
  const repeated = new Set(repeatedRuns(runs.map((run) => ({ ...run, arm: '' }))).map(({ runId }) => runId));
  return runs.filter(({ runId }) => !repeated.has(runId));
}

/** The better the higher, whatever the direction of the score. */
const upward = ({ score }: ScoredRun): number => (score.higherIsBetter ? score.value : -score.value);

const scaled = ({ name, small, target }: Recipe): ScaledRecipe => ({
  recipe: name,
  small: small.map(upward),
  target: target.map(upward),
});

function ranked(recipes: readonly Recipe[]): RankedRecipe[] {
  const [small, target] = [
    recipes.map((one) => mean(one.small.map(upward))),
    recipes.map((one) => mean(one.target.map(upward))),
  ];
  const rank = (means: readonly number[], index: number) =>
    1 + means.filter((value) => value > means[index]!).length;
  const value = (runs: readonly ScoredRun[]) => mean(runs.map(({ score }) => score.value));
  return recipes
    .map((recipe, index) => ({
      recipe: recipe.name,
      small: value(recipe.small),
      smallRuns: recipe.small.length,
      smallRank: rank(small, index),
      target: value(recipe.target),
      targetRuns: recipe.target.length,
      targetRank: rank(target, index),
    }))
    .toSorted((left, right) => left.targetRank - right.targetRank || left.smallRank - right.smallRank);
}

const summary = (scale: Scale, runs: readonly ScoredRun[]): RankedScale => ({
  ...scale,
  runs: runs.length,
  unit: runs[0]?.score.unit ?? '',
  higherIsBetter: runs[0]?.score.higherIsBetter ?? true,
});

/** Names and fields that a text lists at most. */
const LISTED = 10;

const list = (names: readonly string[]): string =>
  names.length > LISTED
    ? `${names.slice(0, LISTED).join(', ')} and ${names.length - LISTED} more`
    : names.join(', ');

function tooFew(both: readonly Recipe[], recipes: readonly Recipe[]): RankingRefusal {
  const missing = (at: 'small' | 'target') =>
    recipes.filter((recipe) => recipe[at].length === 0).map(({ name }) => name);
  const [noTarget, noSmall] = [missing('target'), missing('small')];
  const lacks = (names: readonly string[], at: string) =>
    names.length > 0 ? ` Not run ${at}: ${list(names)}.` : '';
  const text =
    `${both.length} recipes have scores at both scales; ${LEAST_RECIPES} are needed.` +
    `${lacks(noTarget, 'at the target')}${lacks(noSmall, 'at the small scale')}`;
  return { refusal: 'too_few_recipes', text };
}

function warningsOf(
  recipes: readonly Recipe[],
  both: readonly Recipe[],
  { small, target }: Pick<RankingQuestion, 'small' | 'target'>,
): Warning[] {
  const alone = recipes.filter((recipe) => !both.includes(recipe)).map(({ name }) => name);
  const atOneScale = {
    code: 'recipes_at_one_scale',
    text: `Recipes with scores at one of the scales alone are left out: ${list(alone)}.`,
  };
  const once = both.filter((recipe) => recipe.target.length === 1).length;
  const unrepeated = {
    code: 'target_not_repeated',
    text: `${once} of ${both.length} recipes have one run at the target, so that nobody knows how often the target would decide the same again.`,
  };
  return [
    ...(alone.length > 0 ? [atOneScale] : []),
    ...(once > 0 ? [unrepeated] : []),
    ...differing(
      both.flatMap((recipe) => recipe.small),
      small,
    ),
    ...differing(
      both.flatMap((recipe) => recipe.target),
      target,
    ),
  ];
}

/** Facts besides the mixture in which runs of one scale differ: these decide too. */
function differing(runs: readonly Run[], scale: Scale): Warning[] {
  const fields = differencesOf({ more: runs, less: [] }, null)
    .filter(({ values }) => values.length > 1)
    .map(({ field }) => field);
  if (fields.length === 0) return [];
  const text = `Runs at ${scaleText(scale)} differ in more than their mixtures: ${list(fields)}.`;
  return [{ code: 'runs_differ', text }];
}
