import { briefly } from '../controls/briefly.ts';
import { differencesOf } from '../controls/differences.ts';
import { factsKey } from '../discovery/recorded-run.ts';
import type { Refusal } from '../effect.ts';
import type { Run, ScoredRun, Warning } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';
import { groupBy } from '@tributary/kernel';
import { DECISION_ACCURACY, decisionAccuracy, LEAST_RECIPES } from './decision-accuracy.ts';
import type { DecisionAccuracy, ScaledRecipe } from './decision-accuracy.ts';
import { recipesOf } from './recipes.ts';
import type { Recipe } from './recipes.ts';
import { runsAtScale } from './runs-at-scale.ts';
import type { ScaleRefusal } from './runs-at-scale.ts';
import { isInRange, RANGE_TEXT, scaleText } from './scale.ts';
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
  /** Parameters of all recorded models, which a refusal lists. */
  readonly sizes: readonly number[];
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
  readonly estimator: { readonly id: string; readonly version: string };
  /** In the order of the target, the best first. */
  readonly recipes: readonly RankedRecipe[];
  readonly smallScale: RankedScale;
  readonly targetScale: RankedScale;
  readonly warnings: readonly Warning[];
  /** Positions of the facts behind the compared runs. */
  readonly evidence: readonly string[];
};

export type RankingRefusal =
  ScaleRefusal | Refusal<'scale_out_of_range' | 'same_scale' | 'too_few_recipes' | 'too_many_runs'>;

/** Pairs of recipes are counted one by one. */
const MOST_RUNS = 5_000;

/**
 * Compares how two scales order recipes of data, by the mean score of the completed runs of each recipe. `recipesOf` says
 * which runs are of one recipe.
 */
export function rankRecipes(
  { capability, proxy = capability, small, target }: RankingQuestion,
  runs: RankedRuns,
): RecipeRanking | RankingRefusal {
  if (![small, target].every(isInRange)) return { refusal: 'scale_out_of_range', text: RANGE_TEXT };
  const { sizes } = runs;
  const atSmall = runsAtScale(runs.small, { scale: small, capability: proxy, sizes });
  if ('refusal' in atSmall) return atSmall;
  const atTarget = runsAtScale(runs.target, { scale: target, capability, sizes });
  if ('refusal' in atTarget) return atTarget;
  const unanswerable = notTwoScales(atSmall.runs, atTarget.runs, { small, target });
  if (unanswerable) return unanswerable;
  const recipes = recipesOf({ small: atSmall.runs, target: atTarget.runs });
  const both = recipes.filter((recipe) => recipe.small.length > 0 && recipe.target.length > 0);
  if (both.length < LEAST_RECIPES) return tooFew(both, recipes);
  const members = { small: both.flatMap((one) => one.small), target: both.flatMap((one) => one.target) };
  return {
    ...decisionAccuracy(both.map(scaled)),
    estimator: DECISION_ACCURACY,
    recipes: ranked(both),
    smallScale: summary(small, members.small),
    targetScale: summary(target, members.target),
    warnings: [
      ...warningsOf(recipes, both),
      ...differing(members.small, small),
      ...differing(members.target, target),
      ...atSmall.warnings,
      ...atTarget.warnings,
    ],
    evidence: [...members.small, ...members.target].flatMap(({ evidence }) => evidence),
  };
}

type Scales = Pick<RankingQuestion, 'small' | 'target'>;

function notTwoScales(
  atSmall: readonly ScoredRun[],
  atTarget: readonly ScoredRun[],
  { small, target }: Scales,
): RankingRefusal | undefined {
  const ids = new Set(atTarget.map(({ runId }) => runId));
  if (atSmall.some(({ runId }) => ids.has(runId)))
    return { refusal: 'same_scale', text: `${scaleText(small)} and ${scaleText(target)} are one scale.` };
  const count = atSmall.length + atTarget.length;
  if (count <= MOST_RUNS) return undefined;
  const text = `${count} runs have these scales; at most ${MOST_RUNS} are compared. Name their tokens, a benchmark or a metric.`;
  return { refusal: 'too_many_runs', text };
}

/** The better the higher, whatever the direction of the score. */
const upward = ({ score }: ScoredRun): number => (score.higherIsBetter ? score.value : -score.value);

const scaled = ({ name, small, target }: Recipe): ScaledRecipe => ({
  recipe: name,
  small: small.map(upward),
  target: target.map(upward),
  repeated: alikeRuns(target).map(upward),
});

/** The largest group of runs that agree in everything but what may differ, their seeds. */
const alikeRuns = (runs: readonly ScoredRun[]): readonly ScoredRun[] =>
  [...groupBy(runs, factsKey).values()].reduce(
    (most, group) => (group.length > most.length ? group : most),
    [],
  );

function ranked(recipes: readonly Recipe[]): RankedRecipe[] {
  const meansAt = (at: 'small' | 'target') => recipes.map((one) => mean(one[at].map(upward)));
  const [smallRanks, targetRanks] = [ranksOf(meansAt('small')), ranksOf(meansAt('target'))];
  const value = (runs: readonly ScoredRun[]) => mean(runs.map(({ score }) => score.value));
  return recipes
    .map((recipe, index) => ({
      recipe: recipe.name,
      small: value(recipe.small),
      smallRuns: recipe.small.length,
      smallRank: smallRanks[index]!,
      target: value(recipe.target),
      targetRuns: recipe.target.length,
      targetRank: targetRanks[index]!,
    }))
    .toSorted((left, right) => left.targetRank - right.targetRank || left.smallRank - right.smallRank);
}

function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((left, right) => right - left);
  const ranks = new Map<number, number>();
  for (const [index, value] of sorted.entries()) if (!ranks.has(value)) ranks.set(value, index + 1);
  return values.map((value) => ranks.get(value)!);
}

const summary = (scale: Scale, runs: readonly ScoredRun[]): RankedScale => ({
  ...scale,
  runs: runs.length,
  unit: runs[0]?.score.unit ?? '',
  higherIsBetter: runs[0]?.score.higherIsBetter ?? true,
});

function tooFew(both: readonly Recipe[], recipes: readonly Recipe[]): RankingRefusal {
  const missing = (at: 'small' | 'target') =>
    recipes.filter((recipe) => recipe[at].length === 0).map(({ name }) => name);
  const lacks = (names: readonly string[], at: string) =>
    names.length > 0 ? ` Not run ${at}: ${briefly(names)}.` : '';
  const text =
    `${both.length} recipes have scores at both scales; ${LEAST_RECIPES} are needed.` +
    `${lacks(missing('target'), 'at the target')}${lacks(missing('small'), 'at the small scale')}`;
  return { refusal: 'too_few_recipes', text };
}

function warningsOf(recipes: readonly Recipe[], both: readonly Recipe[]): Warning[] {
  const isCompared = new Set(both);
  const alone = recipes.filter((recipe) => !isCompared.has(recipe)).map(({ name }) => name);
  const atOneScale = {
    code: 'recipes_at_one_scale',
    text: `Recipes with scores at one of the scales alone are left out: ${briefly(alone)}.`,
  };
  const once = both.filter((recipe) => alikeRuns(recipe.target).length === 1).length;
  const unrepeated = {
    code: 'target_not_repeated',
    text: `${once} of ${both.length} recipes have no second run at the target that differs by its seed alone, so that nobody knows how often the target would decide the same again.`,
  };
  return [...(alone.length > 0 ? [atOneScale] : []), ...(once > 0 ? [unrepeated] : [])];
}

/** Names the data, which is what recipes differ by. */
const OF_DATA = 'snapshot';

/** Facts besides the mixture in which runs of one scale differ: these decide too. */
function differing(runs: readonly ScoredRun[], scale: Scale): Warning[] {
  const fields = differencesOf({ more: runs, less: [] }, null)
    .filter(({ field, values }) => field !== OF_DATA && values.length > 1)
    .map(({ field }) => field);
  if (fields.length === 0) return [];
  const text = `Runs at ${scaleText(scale)} differ in more than their mixtures: ${briefly(fields)}.`;
  return [{ code: 'runs_differ', text }];
}
