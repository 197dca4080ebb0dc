import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

const SIZES = { small: 1000, target: 8000 };
/** Of each recipe the share of code, and the scores at the small scale and at the target. */
const RECIPES = {
  toString: [0.1, 0.2, 0.5],
  constructor: [0.2, 0.3, 0.6],
  ['__proto__x']: [0.3, 0.5, 0.7],
  plain: [0.4, 0.4, 0.9],
} as const;

type Aspects = {
  readonly runId: string;
  readonly mixtureId: string;
  readonly parameters: number;
  readonly code: number;
  readonly scores: Readonly<Record<string, number>>;
  /** Of the harness; scales may be measured by others. */
  readonly version?: string;
};

function aRun({ runId, mixtureId, parameters, code, scores, version = '1' }: Aspects): SentEvent[] {
  const attempt = 1;
  const amounts = [
    { slice: 'code', amount: 12_000 * code },
    { slice: 'web', amount: 12_000 * (1 - code) },
  ];
  const steps = { firstStep: 1, lastStep: 100, unit: 'token', method: 'measured' };
  const benchmark = { benchmark: 'held-out', harness: { name: 'lab', version }, method: 'measured' };
  const score = { ...benchmark, unit: 'fraction', higherIsBetter: true };
  return [
    fact('training.run.started', {
      runId,
      attempt,
      mixtureId,
      config: {},
      seeds: {},
      model: { name: 'lm', parameters },
    }),
    fact('training.exposure.recorded', { runId, attempt, ...steps, amounts }),
    ...Object.entries(scores).map(([metric, value]) =>
      fact('evaluation.score.recorded', {
        runId,
        step: 100,
        capability: 'constructor',
        metric,
        value,
        ...score,
      }),
    ),
    fact('training.run.ended', { runId, attempt, status: 'completed', lastStep: 100 }),
  ];
}

/** The runs of all recipes at a scale. The metric `proxy` orders them the other way round than `score`. */
const runsOf = (scale: keyof typeof SIZES): SentEvent[] =>
  Object.entries(RECIPES).flatMap(([mixtureId, [code, small, target]]) => {
    const score = scale === 'small' ? small : target;
    const runId = `${scale}-${mixtureId}`;
    const version = scale === 'small' ? '0.4' : '0.5';
    return aRun({
      runId,
      mixtureId,
      parameters: SIZES[scale],
      code,
      scores: { score, proxy: -score },
      version,
    });
  });

let server: GraphqlServer;
let before: string;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...runsOf('small'), ...runsOf('target'));
  await server.caughtUp();
  before = server.runtime.log.head();
});
afterAll(() => server.remove());

const QUESTION = `query ($capability: String = "constructor", $metric: String = "score", $proxy: OutcomeInput,
  $small: ScaleInput = { parameters: 1000 }, $target: ScaleInput = { parameters: 8000 }, $asOf: Position) {
  decisionAccuracy(capability: $capability, metric: $metric, proxy: $proxy, small: $small, target: $target, asOf: $asOf) {
    ... on DecisionAccuracy {
      accuracy interval { low high level method } singleRun repeatability { share pairs } estimator { id version } pairs ties picked best regret
      recipes { recipe small smallRuns smallRank target targetRuns targetRank }
      smallScale { parameters tokens runs unit higherIsBetter } targetScale { runs }
      warnings { code } complete reason asOf { position } evidence evidenceTotal
    }
    ... on DecisionAccuracyRefused { refusal text }
  }
}`;
const ranked = async (variables: object = {}) =>
  (await server.ask<{ decisionAccuracy: object }>(QUESTION, variables)).decisionAccuracy;

it('says how often the small scale decides as the target, with the recipes and the events behind it', async () => {
  expect(await ranked()).toMatchObject({
    accuracy: 5 / 6,
    pairs: 6,
    ties: 0,
    singleRun: null,
    repeatability: null,
    picked: '__proto__x',
    best: 'plain',
    regret: expect.closeTo(0.2, 12) as number,
    estimator: { id: 'decision_accuracy', version: '1' },
    smallScale: { parameters: 1000, tokens: null, runs: 4, unit: 'fraction', higherIsBetter: true },
    targetScale: { runs: 4 },
    complete: true,
    evidenceTotal: 8 * 4,
  });
  expect(await ranked()).toHaveProperty('recipes.0', {
    recipe: 'plain',
    small: 0.4,
    smallRuns: 1,
    smallRank: 2,
    target: 0.9,
    targetRuns: 1,
    targetRank: 1,
  });
});

it('takes another metric for the small scale', async () => {
  const proxy = { capability: 'constructor', metric: 'proxy' };
  expect(await ranked({ proxy })).toMatchObject({ accuracy: expect.closeTo(1 / 6, 12) as number });
});

it('gives the same bytes as of an earlier position, and counts what came later', async () => {
  const asked = JSON.stringify(await ranked({ asOf: before }));
  const another = { runId: 'late', mixtureId: 'plain', parameters: SIZES.small, code: 0.4 };
  await server.record(...aRun({ ...another, scores: { score: 0.9, proxy: 0 }, version: '0.4' }));
  await server.caughtUp();
  expect(JSON.stringify(await ranked({ asOf: before }))).toBe(asked);
  expect(await ranked()).toMatchObject({ accuracy: 1, singleRun: expect.any(Number) as number, regret: 0 });
});

describe('a question that cannot be answered', () => {
  it.each<[string, object, RegExp]>([
    ['scale_out_of_range', { small: { parameters: -1 } }, /above zero/],
    ['unknown_scale', { small: { parameters: 5 } }, /Recorded are models with 1,000, 8,000 parameters/],
    ['same_scale', { small: { parameters: 8000 } }, /one scale/],
    ['no_scored_runs', { capability: '__proto__' }, /score of __proto__/],
    ['unknown_scale', { small: { parameters: 1000, tokens: 1 } }, /1 tokens/],
  ])('is refused with %s', async (refusal, variables, text) => {
    expect(await ranked(variables)).toEqual({ refusal, text: expect.stringMatching(text) as string });
  });
});
