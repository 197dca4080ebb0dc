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
    scores: { maths: { value, unit: 'points', higherIsBetter } },
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
  rankRecipes(question, { target: runs, small: proxies, sizes: [1e8, 1e9] });

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

const atStep = (run: Run, step: number): Run => ({
  ...run,
  lastStep: 1000,
  scores: { maths: { ...run.scores['maths']!, step } },
});

describe('the recipes of a ranking', () => {
  it('are mixtures that both scales name, whatever sampling made of their shares', () => {
    const runs = runsOf([1, 2, 3], [1, 2, 3]).map((run, index) => ({
      ...run,
      mixtureId: `mix-${index % 3}`,
    }));
    const sampled = runs.map((run, index) =>
      index < 3 ? { ...run, shares: { code: (run.shares['code'] ?? 0) + 0.012, web: 1 } } : run,
    );
    const closed = sampled.map((run) => ({
      ...run,
      shares: { ...run.shares, web: 1 - (run.shares['code'] ?? 0) },
    }));
    expect(rankingOf(closed).recipes.map(({ recipe }) => recipe)).toEqual(['mix-2', 'mix-1', 'mix-0']);
  });

  it('are several where runs of one scale name several, however alike their shares are', () => {
    const doses = [0, 0.004, 0.008, 0.012];
    const runs = [1e8, 1e9].flatMap((parameters) =>
      doses.map((dose, index) => aRun(dose, parameters, index, { mixtureId: `dose-${index}` })),
    );
    expect(rankingOf(runs).recipes).toHaveLength(4);
    const otherNames = runs.map((run, index) => ({
      ...run,
      mixtureId: `${run.mixtureId}-${Math.floor(index / 4)}`,
    }));
    expect(refusalOf(otherNames)).toMatchObject({ refusal: 'too_few_recipes' });
  });

  it('are several where shares are alike and snapshots are not', () => {
    const snapshots = ['raw@1', 'filtered@1', 'deduplicated@1'];
    const runs = [1e8, 1e9].flatMap((parameters) =>
      snapshots.map((snapshot, index) => ({
        ...aRun(0, parameters, index, { facts: [['snapshot', snapshot]] }),
        runId: `${snapshot}-${parameters}`,
      })),
    );
    const found = rankingOf(runs);
    expect(found.recipes).toHaveLength(3);
    expect(found.warnings.map(({ code }) => code)).not.toContain('runs_differ');
  });

  it('are repeated by runs that differ by their seeds alone', () => {
    const again = (facts: readonly (readonly [string, string])[]) =>
      [0, 1, 2].map((index) => aRun(index / 10, 1e9, index + 1.5, { seed: 2, facts }));
    const runs = runsOf([1, 2, 3], [1, 2, 3]);
    expect(rankingOf([...runs, ...again([])]).repeatability).toEqual({ share: 1, pairs: 3 });
    const tuned = rankingOf([...runs, ...again([['config.learning_rate', '9']])]);
    expect(tuned.repeatability).toBeUndefined();
    expect(tuned.warnings.map(({ code }) => code)).toEqual(['target_not_repeated', 'runs_differ']);
  });

  it('leave out runs that did not complete or of which no mixture or score is known, and say how many', () => {
    const runs = runsOf([1, 2, 3], [1, 2, 3]);
    const odd = [
      aRun(0.1, 1e8, 9, { seed: 7, status: 'failed' }),
      { ...aRun(0.1, 1e8, 9, { seed: 8 }), shares: {}, total: 0 },
      { ...aRun(0.1, 1e8, 9, { seed: 9 }), scores: {} },
    ];
    const found = rankingOf([...runs, ...odd]);
    expect(found).toMatchObject({ accuracy: 1, smallScale: { runs: 3 } });
    expect(found.warnings).toContainEqual({
      code: 'runs_left_out',
      text: 'Of the runs at 100,000,000 parameters, 1 did not complete, 1 have no exposure that adds up, 1 have no score of maths.',
    });
  });

  it('name runs whose end reports another amount', () => {
    const runs = runsOf([1, 2, 3], [1, 2, 3]).map((run, index) =>
      index === 4 ? { ...run, reportedTotal: 3e9 } : run,
    );
    expect(rankingOf(runs).warnings.map(({ code }) => code)).toContain('reported_total_differs');
  });
});

describe('a ranking that cannot be made', () => {
  const runs = runsOf([1, 2, 3], [1, 2, 3]);
  it.each<[string, readonly Run[], RankingQuestion, RegExp]>([
    [
      'unknown_scale',
      runs,
      { ...ASKED, small: { parameters: 5e6 } },
      /Recorded are models with 100,000,000, 1,000,000,000 parameters\./,
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
      /trained on 1,000,000,000, 5,000,000,000 tokens: name the tokens/,
    ],
    ['unknown_scale', runs.map((run) => ({ ...run, status: 'failed' as const })), ASKED, /No completed run/],
  ])('is refused with %s', (refusal, of, question, text) => {
    expect(refusalOf(of, question)).toMatchObject({ refusal, text: expect.stringMatching(text) as unknown });
  });

  const withScore = (change: object, of: (run: Run, index: number) => boolean): Run[] =>
    runs.map((run, index) =>
      of(run, index) ? { ...run, scores: { maths: { ...run.scores['maths']!, ...change } } } : run,
    );
  it.each<[string, readonly Run[], RegExp]>([
    ['benchmarks without a common scale', withScore({ unlike: 'two units' }, () => true), /^two units$/],
    ['another unit', withScore({ unit: 'percent' }, (_, index) => index === 1), /differ in unit/],
    ['another step', withScore({ step: 10 }, (_, index) => index === 1), /./],
    [
      'exposure in bytes',
      runs.map((run, at) => (at === 1 ? { ...run, unit: 'byte' } : run)),
      /different units/,
    ],
  ])('is refused for scores of one scale with %s', (name, of, text) => {
    const all = name === 'another step' ? of.map((run, at) => (at === 1 ? run : atStep(run, 1000))) : of;
    expect(refusalOf(all)).toMatchObject({
      refusal: 'not_comparable',
      text: expect.stringMatching(text) as unknown,
    });
  });

  it('is made where each scale is measured in its own way', () => {
    const nats = withScore({ unit: 'nats', higherIsBetter: false }, ({ runId }) =>
      runId.startsWith('100000000-'),
    );
    expect(rankingOf(nats).accuracy).toBe(0);
  });

  it('is made where the budget is named', () => {
    const more = [...runs, aRun(0.1, 1e8, 2, { seed: 2, total: 5e9 })];
    expect(refusalOf(more, { ...ASKED, small: { ...SMALL, tokens: 1e9 } })).toBeUndefined();
    const spread = [0.96e9, 1e9, 1.04e9].map((total, index) => aRun(index / 10, 1e8, index, { total }));
    const named = { ...ASKED, small: { ...SMALL, tokens: 1e9 } };
    expect(refusalOf([...spread, ...runs.slice(3)], named)).toBeUndefined();
  });
});
