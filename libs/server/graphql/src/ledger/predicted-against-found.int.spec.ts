import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablation } from '../ablation.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

let server: GraphqlServer;

/** The ablation finds -0.6 bits: 4.1 with code, 4.7 without. */
const PREDICTED = { capability: 'reasoning', effect: -0.6, unit: 'bits', slice: 'code' };

const decided = (mixtureId: string, predictedEffects: readonly object[]) =>
  fact('mixture.plan.decided', {
    mixtureId,
    experimentId: 'drawn',
    unit: 'token_share',
    displacement: 'proportional',
    phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'code', weight: 1 }] }],
    rationale: 'r',
    decidedBy: 'ada',
    ...(predictedEffects.length > 0 && { predictedEffects }),
  });

beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    decided('early', [
      PREDICTED,
      { ...PREDICTED, effect: 0.2 },
      { ...PREDICTED, unit: 'nats' },
      { ...PREDICTED, estimand: 'presence' },
      { ...PREDICTED, estimand: 'dose' },
      { ...PREDICTED, displacement: 'swap:text' },
      { ...PREDICTED, experimentId: 'other' },
      { ...PREDICTED, slice: 'text' },
      { ...PREDICTED, capability: 'music' },
      { capability: 'reasoning', effect: 1, unit: 'bits' },
    ]),
  );
  await server.record(...ablation('drawn', { assignment: 'manual' }));
  await server.record(decided('late', [PREDICTED]), decided('silent', []));
  await server.caughtUp();
}, 60_000);
afterAll(() => server.remove());

type Found = Readonly<Record<string, unknown>> & { readonly answer: string };
type Answer = {
  readonly predictions: readonly {
    readonly state: string;
    readonly answers: number;
    readonly found: readonly Found[];
  }[];
  readonly evidence: readonly string[];
  readonly complete: boolean;
  readonly reason: string | null;
};

const QUESTION = `query ($mixture: ID!, $asOf: Position) {
  predictedAgainstFound(mixture: $mixture, asOf: $asOf) {
    mixture position decidedBy complete reason evidence
    predictions {
      predicted { capability effect unit slice displacement experiment estimand } state answers
      found {
        answer state verification experiment estimand { kind slice capability text } displacement effect
        interval { low high level } unit identification interpretation within reason afterTheFact evidence
      }
    }
  }
}`;
const ask = async (mixture: string, asOf?: string) =>
  (await server.ask<{ predictedAgainstFound: Answer }>(QUESTION, { mixture, asOf })).predictedAgainstFound;
const keep = async () => {
  const { keepAnswer } = await server.ask<{ keepAnswer: { id: string } }>(
    'mutation { keepAnswer(experiment: "drawn", slices: ["code"], displacement: "proportional") { ... on AnswerKept { id } } }',
  );
  return keepAnswer.id;
};
const states = ({ predictions }: Answer) => predictions.map(({ state }) => state);

describe('what was predicted of a mixture', () => {
  let before: Answer;
  let asOf: string;
  let id: string;
  beforeAll(async () => {
    asOf = server.runtime.log.head();
    before = await ask('early', asOf);
    id = await keep();
  }, 60_000);

  it('is not asked yet while no answer is kept, and has no estimand without a slice', () => {
    expect(states(before)).toEqual([...Array(9).fill('not_asked'), 'no_estimand']);
    expect(before).toMatchObject({ complete: true, evidence: ['1'] });
  });

  it('is compared with what a kept answer found of the same estimand, and with nothing else', async () => {
    const answer = await ask('early');
    expect(states(answer)).toEqual([...Array(4).fill('found'), ...Array(5).fill('not_asked'), 'no_estimand']);
    expect(answer.predictions[0]).toMatchObject({
      predicted: { ...PREDICTED, displacement: 'proportional', experiment: 'drawn', estimand: null },
      answers: 1,
      found: [
        {
          answer: id,
          state: 'current',
          verification: 'verified',
          experiment: 'drawn',
          estimand: { kind: 'presence', slice: 'code', capability: 'reasoning' },
          displacement: 'proportional',
          effect: expect.closeTo(-0.6, 10),
          unit: 'bits',
          identification: 'controlled_ablation',
          interpretation: 'improves',
          within: true,
          reason: null,
          afterTheFact: false,
        },
      ],
    });
    expect(answer.complete).toBe(true);
    expect(answer.evidence).toHaveLength(2);
  });

  it('lies within the interval or not, and in another unit neither', async () => {
    const { predictions } = await ask('early');
    const within = predictions
      .slice(0, 4)
      .map(({ found }) => found.map((one) => [one['within'], one['reason']]));
    expect(within).toEqual([
      [[true, null]],
      [[false, null]],
      [[null, 'it was predicted in nats, and is found in bits']],
      [[true, null]],
    ]);
  });

  it('is marked where the decision came after a score behind the effect', async () => {
    const { predictions } = await ask('late');
    expect(predictions).toMatchObject([{ found: [{ within: true, afterTheFact: true }] }]);
  });

  it('is the same again as of an earlier position, and nothing of a mixture without predictions', async () => {
    expect(await ask('early', asOf)).toEqual(before);
    expect(await ask('silent')).toMatchObject({ predictions: [], complete: true });
    expect(await server.reply(QUESTION, { mixture: 'nothing' })).toMatchObject({
      body: { errors: [{ extensions: { code: 'unknown_mixture' } }] },
    });
  });
});

describe('an answer that somebody recorded', () => {
  const estimand = {
    kind: 'presence',
    slice: 'code',
    capability: 'sums',
    contrast: null,
    text: 'code on sums',
  };
  const effect = {
    estimand,
    displacement: 'proportional',
    effect: 1,
    interval: { low: 0.5, high: 1.5, level: 0.95, method: 'm' },
    unit: 'accuracy',
    identification: 'associational',
    interpretation: 'improves',
    n: { runs: 1, seeds: 1 },
    estimator: { id: 'mine', version: '1' },
    evidence: [],
  };
  const recorded = (questionId: string, effects: readonly object[], question?: object) => [
    ...(question ? [fact('attribution.question.asked', { questionId, question })] : []),
    fact('attribution.question.answered', {
      questionId,
      estimator: { id: 'mine', version: '1' },
      inputPosition: '1',
      result: { kind: 'effects', version: 2, experiment: 'drawn', effects },
      resultDigest: '0'.repeat(64),
    }),
  ];
  const question = {
    experiment: 'drawn',
    capabilities: null,
    slices: null,
    displacement: 'proportional',
    level: 0.95,
    family: 'drawn',
  };
  const plan = (mixtureId: string, capability: string) =>
    decided(mixtureId, [{ capability, effect: 1, unit: 'accuracy', slice: 'code' }]);
  const on = (capability: string, more: object = {}) => ({
    ...effect,
    estimand: { ...estimand, capability },
    ...more,
  });

  beforeAll(async () => {
    await server.record(
      ...['sums', 'measured', 'unasked', 'broken', 'claimed'].map((name) => plan(`plan-${name}`, name)),
      ...recorded('q-sums', [on('sums')], question),
      ...recorded('q-measured', [on('measured')], { ...question, by: { attribute: 'domain.label' } }),
      ...recorded('q-unasked', [on('unasked')]),
      ...recorded('q-broken', [on('broken', { interval: 'wide' })], question),
      ...recorded('q-claimed', [on('claimed', { evidence: ['my-run-7'] })], question),
    );
    await server.caughtUp();
  });

  it('has no word of a cause where its identification supports none', async () => {
    const { predictions } = await ask('plan-sums');
    expect(predictions).toMatchObject([
      {
        found: [
          {
            interpretation: 'associated_with_better',
            identification: 'associational',
            verification: 'not_checked',
            within: true,
            afterTheFact: null,
          },
        ],
      },
    ]);
  });

  it('is no answer about a recorded slice where its slices are those of an attribute', async () => {
    expect(await ask('plan-measured')).toMatchObject({
      predictions: [{ state: 'not_asked', found: [] }],
      complete: true,
    });
  });

  it('is compared where what it calls evidence is no position', async () => {
    expect((await ask('plan-claimed')).predictions).toMatchObject([
      { state: 'found', found: [{ within: true, afterTheFact: null }] },
    ]);
  });

  it('makes the comparison incomplete where its question or its effect cannot be read', async () => {
    expect(await ask('plan-unasked')).toMatchObject({
      predictions: [{ state: 'not_asked' }],
      complete: false,
      reason: expect.stringContaining('not recorded as a question'),
    });
    expect(await ask('plan-broken')).toMatchObject({
      predictions: [{ state: 'found', answers: 1, found: [] }],
      complete: false,
      reason: expect.stringContaining('cannot be read'),
    });
  });
});

it('shows the newest answer about an experiment, and says how many there are', async () => {
  const [before] = (await ask('late')).predictions;
  await server.record(
    fact('evaluation.score.recorded', {
      runId: 'drawn-full-s1',
      step: 100,
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      value: 3.5,
      harness: { name: 'lab', version: '1' },
      unit: 'bits',
      higherIsBetter: false,
      method: 'measured',
    }),
  );
  await server.caughtUp();
  expect((await ask('late')).predictions).toMatchObject([
    { answers: 1, found: [{ answer: before?.found[0]?.answer, state: 'superseded' }] },
  ]);
  const newer = await keep();
  expect((await ask('late')).predictions).toMatchObject([
    { answers: 2, found: [{ answer: newer, state: 'current' }] },
  ]);
});
