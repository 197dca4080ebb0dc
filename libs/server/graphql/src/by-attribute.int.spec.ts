import { afterAll, beforeAll, expect, it } from 'vitest';
import { ablation } from './ablation.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

let server: GraphqlServer;

const measured = (slice: string, buckets: object, version = '1') => {
  const ref = `shard/${slice}`;
  return fact('corpus.attribute.measured', {
    attribute: 'topic',
    subjectKind: 'shard',
    instrument: { name: 'reader', version },
    method: 'measured',
    unit: 'documents',
    values: Object.entries(buckets).map(([bucket, value]) => ({ ref, bucket, value })),
  });
};

beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    ...ablation('lab', { assignment: 'manual' }, true),
    measured('code', { program: 4 }),
    measured('text', { prose: 9 }),
  );
  await server.caughtUp();
});
afterAll(() => server.remove());

const ANSWERED = `counting { attribute atLeast method shards unmeasuredShards unmeasuredShare instruments { name version shards } }
  complete reason evidence effects { estimand { slice } effect warnings { code } }`;
const KEEP = `mutation ($by: MeasuredSlices) {
  keepAnswer(slices: ["program"], displacement: "proportional", by: $by) {
    ... on AnswerKept { id isNew attribution { ${ANSWERED} } }
    ... on AttributionRefused { refusal text }
  }
}`;
const ANSWER = `query ($id: ID!) {
  answer(id: $id) { asked result rerun { same differencesTotal } verification }
}`;

type Kept = { id: string; isNew: boolean };
const keep = async (by: object | null) => (await server.ask<{ keepAnswer: Kept }>(KEEP, { by })).keepAnswer;

it('keeps an answer by an attribute with its definition, and computes it again after shards are measured again', async () => {
  const by = { attribute: 'topic' };
  const kept = await keep(by);
  expect(kept).toMatchObject({
    isNew: true,
    attribution: {
      counting: {
        ...by,
        atLeast: null,
        method: 'measured',
        shards: 2,
        unmeasuredShards: 1,
        unmeasuredShare: 0.5,
        instruments: [{ name: 'reader', version: '1', shards: 2 }],
      },
      complete: false,
      reason: expect.stringContaining('topic is not measured of everything that the runs consumed'),
      effects: [{ estimand: { slice: 'program [attribute:topic]' }, effect: expect.closeTo(-0.6, 12) }],
    },
  });
  expect(await keep(by)).toMatchObject({ id: kept.id, isNew: false });
  await server.record(measured('code', { program: 1, prose: 3 }, '2'));
  await server.caughtUp();
  const { answer } = await server.ask<{ answer: { asked: string } }>(ANSWER, { id: kept.id });
  expect(answer).toMatchObject({ rerun: { same: true, differencesTotal: 0 }, verification: 'verified' });
  expect(JSON.parse(answer.asked)).toMatchObject({ experiment: 'lab', by });
  expect(await keep(by)).toMatchObject({
    isNew: true,
    attribution: {
      counting: { method: 'inferred' },
      effects: [{ warnings: expect.arrayContaining([{ code: 'instruments_differ' }]) }],
    },
  });
});

it('predicts by an attribute, and refuses what defines no slices', async () => {
  const asked = `query ($by: MeasuredSlices) {
    prediction(experiment: "lab", by: $by, mixtures: [{ key: "m", shares: [{ slice: "program", share: 1 }] }]) {
      __typename ... on Prediction { complete counting { method } } ... on PredictionRefused { refusal text }
    }
  }`;
  expect(await server.ask(asked, { by: { attribute: 'topic' } })).toMatchObject({
    prediction: { __typename: 'Prediction', complete: false, counting: { method: 'inferred' } },
  });
  expect(await server.ask(asked, { by: { attribute: 'topic', atLeast: 2 } })).toMatchObject({
    prediction: { refusal: 'threshold_on_histogram' },
  });
});
