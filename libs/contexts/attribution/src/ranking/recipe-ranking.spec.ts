import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTS } from '../controls/clean-experiment.fixture.ts';
import { refused } from '../effect.ts';
import type { Run } from '../experiment.ts';
import { rankRecipes } from './recipe-ranking.ts';
import type { RankingQuestion, RecipeRanking } from './recipe-ranking.ts';

const SMALL = { parameters: 1e8 };
const TARGET = { parameters: 1e9 };
const ASKED: RankingQuestion = { small: SMALL, target: TARGET, capability: 'maths' };

type Aspects = Partial<Pick<Run, 'seed' | 'status' | 'total' | 'mixtureId'>> & {
  readonly higherIsBetter?: boolean;
  readonly facts?: readonly (readonly [string, string])[];
};

/** A run of a recipe with so much code, with a score at a scale. */
function aRun(code: number, parameters: number, value: number, aspects: Aspects = {}): Run {
  const { higherIsBetter = true, facts = [], ...rest } = aspects;
  return {
    runId: `${parameters}-${code}-${rest.seed ?? 1}`,
    arm: '',
    mixtureId: '',
    seed: 1,
    status: 'completed',
    shares: { code, web: 1 - code },
    total: 1e9,
    unit: 'token',
    method: 'measured',
    facts: new Map([...FACTS, ['parameters', String(parameters)], ...facts]),
    scores: { maths: { value, unit: 'accuracy', higherIsBetter } },
    evidence: [String(Math.round(parameters / 1e8 + code * 1000))],
    ...rest,
  };
}

/** Recipes of 0, 10, 20 … % code with the scores at both scales. */
const runsOf = (small: readonly number[], target: readonly number[], aspects: Aspects = {}): Run[] => [
  ...small.map((value, index) => aRun(index / 10, 1e8, value, aspects)),
  ...target.map((value, index) => aRun(index / 10, 1e9, value, aspects)),
];

const answerTo = (question: RankingQuestion, runs: readonly Run[], proxies = runs) =>
  rankRecipes(question, { target: runs, small: proxies });

function rankingOf(runs: readonly Run[], question = ASKED): RecipeRanking {
  const answer = answerTo(question, runs);
  if (refused(answer)) throw new Error(answer.text);
  return answer;
}

const refusalOf = (runs: readonly Run[], question = ASKED) => {
  const answer = answerTo(question, runs);
  return refused(answer) ? answer : undefined;
};

describe('the ranking of recipes by two scales', () => {
  it('says how often the small scale decides as the target, and what its choice costs there', () => {
    const found = rankingOf(runsOf([0.1, 0.2, 0.4, 0.3], [0.5, 0.6, 0.7, 0.9]));
    expect(found).toMatchObject({
      accuracy: 5 / 6,
      pairs: 6,
      smallScale: { runs: 4 },
      targetScale: { runs: 4 },
    });
    expect(found.regret).toBeCloseTo(0.2, 12);
    const [best] = found.recipes;
    expect(best).toMatchObject({ recipe: found.best, small: 0.3, smallRank: 2, target: 0.9, targetRank: 1 });
    expect(found.warnings.map(({ code }) => code)).toEqual(['target_not_repeated']);
  });

  it('takes shares for the recipe, and their common name where they have one', () => {
    const runs = runsOf([1, 2, 3], [1, 2, 3]).map((run, index) => ({
      ...run,
      mixtureId: index % 3 === 0 ? 'no code' : `mixture-${index}`,
    }));
    expect(rankingOf(runs).recipes.map(({ recipe }) => recipe)).toContain('no code');
    expect(rankingOf(runs).accuracy).toBe(1);
  });

  it('does not depend on the order of the runs, nor on the direction of the score', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(values, values, fc.infiniteStream(fc.nat()), (small, target, keys) => {
        const runs = runsOf(small, target);
        const shuffled = runs
          .map((run) => ({ run, key: keys.next().value as number }))
          .toSorted((left, right) => left.key - right.key)
          .map(({ run }) => run);
        const found = rankingOf(runs);
        expect(rankingOf(shuffled)).toMatchObject({ ...found, evidence: expect.any(Array) as unknown });
        const losses = runsOf(
          small.map((value) => -value),
          target.map((value) => -value),
          { higherIsBetter: false },
        );
        expect(rankingOf(losses)).toMatchObject({ accuracy: found.accuracy, best: found.best });
      }),
      { numRuns: 50 },
    );
  });

  it('counts a run that was imported twice once', () => {
    const runs = runsOf([1, 2, 3], [1, 2, 3]);
    const twice = [...runs, { ...runs[0]!, runId: 'again' }];
    expect(rankingOf(twice).smallScale.runs).toBe(3);
  });

  it('decides the small scale by the proxy, with its own direction', () => {
    const runs = runsOf([1, 2, 3], [1, 2, 3]).map((run, index) => ({
      ...run,
      scores: {
        ...run.scores,
        loss: { value: [0.3, 0.2, 0.1][index % 3]!, unit: 'nats', higherIsBetter: false },
      },
    }));
    const found = rankingOf(runs, { ...ASKED, proxy: 'loss' });
    expect(found).toMatchObject({ accuracy: 1, smallScale: { unit: 'nats', higherIsBetter: false } });
  });

  it('names the facts in which runs of one scale differ, and recipes that only one scale has', () => {
    const runs = runsOf([1, 2, 3, 4], [1, 2, 3]);
    const unlike = [...runs.slice(1), aRun(0, 1e8, 1, { facts: [['tokenizer', 'another']] })];
    const texts = rankingOf(unlike).warnings.map(({ code, text }) => `${code}: ${text}`);
    expect(texts).toContainEqual(
      expect.stringMatching(/^runs_differ: .*100,000,000 parameters.*: tokenizer\.$/),
    );
    expect(texts).toContainEqual(expect.stringMatching(/^recipes_at_one_scale: .*100000000-0\.3-1\.$/));
  });
});

describe('a ranking that cannot be made', () => {
  const runs = runsOf([1, 2, 3], [1, 2, 3]);
  it.each<[string, readonly Run[], RankingQuestion, RegExp]>([
    [
      'unknown_scale',
      runs,
      { ...ASKED, small: { parameters: 5e6 } },
      /Recorded are 100,000,000, 1,000,000,000\./,
    ],
    ['scale_out_of_range', runs, { ...ASKED, small: { parameters: 0 } }, /numbers above zero/],
    ['scale_out_of_range', runs, { ...ASKED, target: { ...TARGET, tokens: NaN } }, /numbers above zero/],
    ['same_scale', runs, { ...ASKED, small: { parameters: 1.01e9 } }, /are one scale/],
    ['no_scored_runs', runs, { ...ASKED, proxy: 'physics' }, /100,000,000 parameters .* score of physics/],
    ['too_few_recipes', runs.slice(1), ASKED, /Not run at the small scale: 1000000000-0-1\./],
    [
      'several_budgets',
      [...runs, aRun(0.1, 1e8, 2, { seed: 2, total: 5e9 })],
      ASKED,
      /trained on 1,000,000,000, 5,000,000,000 tokens: name one/,
    ],
    ['unknown_scale', runs.map((run) => ({ ...run, status: 'failed' as const })), ASKED, /No completed run/],
  ])('is refused with %s', (refusal, of, question, text) => {
    expect(refusalOf(of, question)).toMatchObject({ refusal, text: expect.stringMatching(text) as unknown });
  });

  it('refuses benchmarks without a common scale', () => {
    const unlike = runs.map((run) => ({
      ...run,
      scores: { maths: { ...run.scores['maths']!, unlike: 'two units' } },
    }));
    expect(refusalOf(unlike)).toEqual({ refusal: 'unlike_scores', text: 'two units' });
  });

  it('is made where the budget is named', () => {
    const more = [...runs, aRun(0.1, 1e8, 2, { seed: 2, total: 5e9 })];
    expect(refusalOf(more, { ...ASKED, small: { ...SMALL, tokens: 1e9 } })).toBeUndefined();
  });
});
