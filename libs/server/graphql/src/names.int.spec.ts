import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablation } from './ablation.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

/** Names of members that every object inherits. A slice is lower case and begins with a letter or a digit. */
const INHERITED = ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'];

const RANDOMISED = { assignment: 'randomised', randomisation: { method: 'shuffled run order', seed: '7' } };

/** What the plain experiment calls each thing, and what the other one calls it. */
const RENAMED = new Map([
  ['slice:code', 'constructor'],
  ['capability:reasoning', 'toString'],
  ['benchmark:held-out', '__proto__'],
  ['metric:bits', 'hasOwnProperty'],
  ['arm:full', '__proto__'],
  ['arm:wo_code', 'constructor'],
  ['control:full', '__proto__'],
]);

/** The event with members called otherwise. */
function renamed(event: SentEvent): SentEvent {
  const text = JSON.stringify(
    event,
    (key, value: unknown) => RENAMED.get(`${key}:${String(value)}`) ?? value,
  );
  const other: SentEvent = JSON.parse(text.replaceAll(/"plain(?=[-"])/g, '"named'));
  return { ...other, id: `named-${event.id}` };
}

const plain = ablation('plain', RANDOMISED);
const weights = INHERITED.filter((name) => /^[a-z]+$/.test(name)).map((slice) => ({ slice, weight: 1 }));

const factsOfRun = (runId: string): SentEvent[] => [
  fact('training.steps.recorded', {
    runId,
    attempt: 1,
    steps: [1, 2],
    columns: { loss: [3, 2], ...Object.fromEntries(INHERITED.map((name) => [name, [7, 8]])) },
  }),
  fact('training.metrics.recorded', {
    runId,
    keys: INHERITED,
    steps: INHERITED.map(() => 1),
    times: INHERITED.map(() => null),
    values: INHERITED.map((_name, index) => index),
  }),
  fact('training.run.annotated', {
    runId,
    tags: Object.fromEntries(INHERITED.map((name) => [name, 'tag'])),
    params: Object.fromEntries(INHERITED.map((name) => [name, 'param'])),
  }),
  fact('training.exposure.recorded', {
    runId,
    attempt: 1,
    firstStep: 1,
    lastStep: 2,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'constructor', shardId: runId, amount: 10 }],
  }),
  fact('training.checkpoint.saved', { runId, attempt: 1, checkpointId: runId, step: 2 }),
  fact('mixture.plan.decided', {
    mixtureId: runId,
    unit: 'unnormalised',
    phases: [{ name: runId, fromStep: 0, weights }],
    displacement: 'proportional',
    rationale: 'Named.',
    decidedBy: 'ada',
  }),
];

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...plain, ...plain.map(renamed), ...INHERITED.flatMap(factsOfRun));
  await server.caughtUp();
}, 120_000);
afterAll(() => server.remove());

describe('an experiment whose slices, capabilities, benchmarks and arms are called as inherited members', () => {
  const question = `query ($experiment: ID!, $capabilities: [String!], $slices: [String!], $displacement: String) {
    attribution(experiment: $experiment, capabilities: $capabilities, slices: $slices, displacement: $displacement) {
      ... on Attribution {
        questions
        effects {
          effect interval { low high } unit verdict identification pValue minimumDetectableEffect n { runs seeds }
          relativeChange { percentChangeOfMeans meanOfPercentChanges } estimator { id }
        }
      }
      ... on AttributionRefused { refusal text }
    }
  }`;

  it.each([
    ['proportional', 'code', 'constructor'],
    ['swap:text', 'code', 'constructor'],
    ['added_budget', 'code', 'constructor'],
    ['proportional', 'math', 'math'],
  ])('has the same effects, displaced by %s, of %s as of %s', async (displacement, slice, other) => {
    const ask = (variables: object) => server.ask(question, { displacement, ...variables });
    const expected = await ask({ experiment: 'plain', capabilities: ['reasoning'], slices: [slice] });
    const found = await ask({ experiment: 'named', capabilities: ['toString'], slices: [other] });
    expect(JSON.stringify(found)).not.toMatch(/"refusal"/);
    expect(found).toEqual(expected);
  });

  it.each(INHERITED)('has no capability and no slice %s that nothing recorded', async (name) => {
    const asked = { experiment: 'plain', displacement: 'proportional' };
    const capability = await server.ask(question, { ...asked, capabilities: [name], slices: ['code'] });
    expect(capability).toMatchObject({ attribution: { refusal: 'unknown_capability' } });
    const slice = await server.ask(question, { ...asked, capabilities: ['reasoning'], slices: [name] });
    expect(slice).toMatchObject({ attribution: { refusal: 'unknown_slice' } });
  });

  it('predicts the same', async () => {
    const predicted = (experiment: string, code: string) =>
      server.ask(
        `query ($experiment: ID!, $mixtures: [MixtureInput!]!) { prediction(experiment: $experiment, mixtures: $mixtures) {
          ... on Prediction { rows { key mean low high } warnings { code } } ... on PredictionRefused { refusal }
        } }`,
        {
          experiment,
          mixtures: [{ key: '__proto__', shares: [code, 'text'].map((slice) => ({ slice, share: 0.5 })) }],
        },
      );
    expect(await predicted('named', 'constructor')).toEqual(await predicted('plain', 'code'));
    expect(await predicted('plain', 'constructor')).toMatchObject({
      prediction: { refusal: 'unknown_slice' },
    });
  });

  it('is listed with them', async () => {
    const { experiments } = await server.ask<{ experiments: { nodes: { id: string }[] } }>(
      '{ experiments { nodes { id capabilities slices arms { arm } } } }',
    );
    expect(experiments.nodes.find(({ id }) => id === 'named')).toMatchObject({
      capabilities: ['toString'],
      slices: ['constructor', 'math/plain', 'text'],
      arms: expect.arrayContaining([{ arm: '__proto__' }, { arm: 'constructor' }]),
    });
  });
});

describe.each(INHERITED)('the run %s', (name) => {
  it('is answered like any other', async () => {
    const answer = await server.ask(
      `query ($id: ID!, $node: ID!) {
        run(id: $id) { id lastStep lastLoss }
        exposure(run: $id, by: shard) { total rows { slice shard tokens } }
        curve(run: $id) { points { step values low high } }
        runReport(run: $id) { attempts { attempt steps } }
        mixture(id: $id) { weights { phase slice share } }
        lineage(node: $node, direction: down) { nodes { id } }
        scores(run: $id) { totalCount }
      }`,
      { id: name, node: `run:${name}` },
    );
    expect(answer).toMatchObject({
      run: { id: name, lastStep: 2, lastLoss: 2 },
      exposure: { total: 10, rows: [{ slice: 'constructor', shard: name, tokens: 10 }] },
      curve: { points: [{ step: 0, values: 2, low: 2, high: 3 }] },
      runReport: { attempts: [{ attempt: 1, steps: 2 }] },
      mixture: { weights: [{ phase: name, slice: 'constructor', share: 1 }] },
      lineage: { nodes: [{ id: `run:${name}` }, { id: `checkpoint:${name}` }] },
    });
  });

  it('has its metrics, parameters and tags', async () => {
    const { trackedRun } = await server.ask<{ trackedRun: object }>(
      'query ($id: ID!) { trackedRun(id: $id) { params { key value } tags { key value } metrics { key points } } }',
      { id: name },
    );
    const keys = INHERITED.toSorted();
    expect(trackedRun).toEqual({
      params: keys.map((key) => ({ key, value: 'param' })),
      tags: keys.map((key) => ({ key, value: 'tag' })),
      metrics: keys.map((key) => ({ key, points: 1 })),
    });
    const histories = INHERITED.map(
      (key, index) => `h${index}: metricHistory(run: $id, key: "${key}") { nodes { step value } }`,
    );
    expect(await server.ask(`query ($id: ID!) { ${histories.join(' ')} }`, { id: name })).toEqual(
      Object.fromEntries(
        INHERITED.map((_key, index) => [`h${index}`, { nodes: [{ step: 1, value: index }] }]),
      ),
    );
  });
});

it('stores columns of steps under these names', async () => {
  const rows = await server.runtime.engine.reader.all(
    {
      name: 'columns',
      sql: "SELECT mapSort(extra) AS extra FROM tributary.training_step WHERE run_id = 'toString' AND step = 2",
      params: { parse: () => ({}) },
      row: { parse: (row) => row },
    },
    {},
  );
  expect(JSON.parse(JSON.stringify(rows, null, 1).replace('"__proto__"', '"proto"'))).toEqual([
    { extra: { constructor: 8, hasOwnProperty: 8, proto: 8, toString: 8, valueOf: 8 } },
  ]);
});
