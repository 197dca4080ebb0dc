import { afterAll, beforeAll, expect, it } from 'vitest';
import { FACTS, shard, V1 } from './context-facts.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

let server: GraphqlServer;
let asOf: string;

beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...FACTS);
  asOf = await server.caughtUp();
});
afterAll(() => server.remove());

const ask = (text: string, at = asOf) =>
  server.ask<Record<string, unknown>>(`query ($asOf: Position) { ${text} }`, { asOf: at });

it('answers alike with a shard of version 1 and one of version 2', async () => {
  const { shards } = await ask(
    'shards(asOf: $asOf) { nodes { id bytes { value method } tokens { value method } digest retraction { reason } evidence } pageInfo { hasNextPage } totalCount complete }',
  );
  expect(shards).toMatchObject({
    complete: true,
    pageInfo: { hasNextPage: false },
    totalCount: 2,
    nodes: [
      {
        id: 'code-000',
        bytes: { value: 1024, method: 'measured' },
        tokens: { value: 1024, method: 'measured' },
        retraction: null,
        evidence: ['1'],
      },
      {
        id: shard,
        tokens: { value: 262_144, method: 'inferred' },
        retraction: { reason: 'The publisher withdrew its licence.' },
        evidence: ['2', '10'],
      },
    ],
  });
});

it('keeps version 1 in the log as version 1', async () => {
  const { event } = await server.ask<{ event: { json: string } }>('{ event(position: "1") { json } }');
  expect(JSON.parse(event.json)).toMatchObject({ dataschema: V1, data: { bytes: 1024, method: 'measured' } });
});

it('reports which snapshots contain a retracted shard, which runs it reached and how much they consumed', async () => {
  const impact =
    'shardImpact(shard: "web/part-00000", asOf: $asOf) { shard { retraction { actor } } snapshots { id hops repeats } nodes { run snapshots consumed { unit tokens methods firstStep lastStep } evidence evidenceTotal } pageInfo { hasNextPage } totalCount evidence evidenceTotal }';
  expect((await ask(impact)).shardImpact).toEqual({
    shard: { retraction: { actor: 'data steward' } },
    snapshots: [{ id: 'web@v2', hops: 0, repeats: 1 }],
    nodes: [
      {
        run: 'consumer',
        snapshots: [],
        consumed: [{ unit: 'token', tokens: 640, methods: ['measured'], firstStep: 1, lastStep: 10 }],
        evidence: ['9'],
        evidenceTotal: 1,
      },
      { run: 'reached', snapshots: ['web@v2'], consumed: [], evidence: ['8'], evidenceTotal: 1 },
    ],
    pageInfo: { hasNextPage: false },
    totalCount: 2,
    evidence: expect.arrayContaining(['8', '9']),
    evidenceTotal: expect.any(Number),
  });
  expect((await ask(impact, '8')).shardImpact).toMatchObject({
    shard: { retraction: null },
    nodes: [{ run: 'reached' }],
  });
});

it.each([
  [
    'snapshots(asOf: $asOf) { nodes { id documents { value method } bytes { value } members listed config } }',
    {
      nodes: [
        {
          id: 'web@v2',
          documents: { value: 1000, method: 'declared' },
          bytes: null,
          members: 2,
          listed: 5,
          config: '{"seed":7}',
        },
      ],
    },
  ],
  [
    'snapshotContents(snapshot: "web@v2", first: 1, asOf: $asOf) { sources { kind ref name reason } nodes { index shard repeats } pageInfo { hasNextPage endCursor } totalCount }',
    {
      sources: [{ ref: 'web@v1' }, { kind: 'unknown', name: 'private crawl' }],
      nodes: [{ index: 0 }],
      pageInfo: { hasNextPage: true, endCursor: '1' },
      totalCount: 2,
    },
  ],
  [
    'pipeline(id: "web-2026", asOf: $asOf) { steps { id index dropped { reason documents { value } } tokensOut { value } } }',
    { steps: [{ id: 'minhash', index: 2, dropped: [{ documents: { value: 200 } }], tokensOut: null }] },
  ],
  [
    'attributeValues(attribute: "quality", subjectKind: shard, asOf: $asOf) { nodes { ref bucket value normaliser } }',
    {
      nodes: [
        { ref: shard, bucket: null, value: 2.25 },
        { bucket: 'example.org', normaliser: 'quality-2026' },
      ],
    },
  ],
  [
    'normaliser(id: "quality-2026", asOf: $asOf) { attribute items statistics { feature statistic value } evidence }',
    { attribute: 'quality', items: 1000, evidence: ['7'] },
  ],
  [
    'routingLoads(checkpoint: "moe@1000", asOf: $asOf) { nodes { layer counts pairs { first second count } } }',
    { nodes: [{ layer: 3, counts: [120, 80, 0, 200], pairs: [{ first: 0, second: 3, count: 90 }] }] },
  ],
  [
    'influences(checkpoint: "full-s0@100", first: 1, asOf: $asOf) { nodes { ref score validity { measure value } } pageInfo { hasNextPage } totalCount }',
    {
      nodes: [{ ref: 'doc-1', score: 0.25, validity: { measure: 'lds', value: 0.4 } }],
      pageInfo: { hasNextPage: true },
      totalCount: 2,
    },
  ],
  ['questions(asOf: $asOf) { nodes { id registered answers } }', { nodes: [{ id: 'q-1', answers: 1 }] }],
  [
    'givenAnswers(question: "q-1", asOf: $asOf) { nodes { result inputPosition evidence } }',
    { nodes: [{ inputPosition: '2492', evidence: ['12', '13'] }] },
  ],
  [
    'testFamilies(asOf: $asOf) { nodes { id tests hypotheses smallestPValue evidence } }',
    { nodes: [{ id: 'lab/code', tests: 1, hypotheses: 1, smallestPValue: 0.03, evidence: ['15'] }] },
  ],
  [
    'recordedTests(family: "lab/code", asOf: $asOf) { nodes { hypothesis question pValue } }',
    { nodes: [{ question: 'q-1', pValue: 0.03 }] },
  ],
  [
    'mixture(id: "published", asOf: $asOf) { name snapshot citation missing { description weight } weights { label source endsAt } alternatives { mixture } }',
    {
      name: 'Published mixture',
      snapshot: 'web@v2',
      missing: [{ description: 'a private crawl', weight: 0.25 }],
      weights: [
        { label: null, source: null, endsAt: 1000 },
        { label: 'CommonCrawl (filtered)', source: 's3://bucket/web', endsAt: 1000 },
      ],
    },
  ],
  [
    'publishedCheckpoints(asOf: $asOf) { nodes { origin treeSize time } }',
    { nodes: [{ treeSize: 1000, time: expect.stringMatching(/^20\d\d-.*\.\d{6}Z$/) }] },
  ],
  [
    'auditActions(after: "17", asOf: $asOf) { nodes { action subject approvedBy } }',
    { nodes: [{ action: 'subject_erased', approvedBy: 'privacy officer' }] },
  ],
])('answers %s', async (text, expected) => {
  expect(Object.values(await ask(text))[0]).toMatchObject(expected);
});

it('rebuilds every table from the log to the same rows', async () => {
  const { rebuild } = await server.ask<{ rebuild: { equal: boolean; tables: { rowsAfter: number }[] } }>(
    'mutation { rebuild { equal tables { table rowsAfter } } }',
  );
  expect(rebuild.equal).toBe(true);
  expect(rebuild.tables.filter(({ rowsAfter }) => rowsAfter > 0).length).toBeGreaterThan(15);
});

it('records retractions of shards, packages and snapshots once, and answers what is stale and how much of it', async () => {
  const amounts = [
    { slice: 'code', shardId: 'vue-1', amount: 30 },
    { slice: 'code', shardId: 'other', amount: 70 },
  ];
  const step = { runId: 'stale', attempt: 1, unit: 'token', method: 'measured', amounts };
  const score = {
    capability: 'c',
    benchmark: 'b',
    metric: 'm',
    unit: 'u',
    higherIsBetter: true,
    method: 'measured',
  };
  await server.record(
    fact('corpus.shard.registered', {
      shardId: 'vue-1',
      uri: 'file:vue',
      slice: 'code',
      split: 'train',
      origin: { registry: 'npm', package: 'vue', version: '3' },
    }),
    fact('corpus.members.listed', {
      snapshotId: 'pack',
      firstIndex: 0,
      members: [{ shardId: 'vue-1', repeats: 1 }],
    }),
    fact('training.exposure.recorded', { ...step, firstStep: 11, lastStep: 20 }),
    fact('training.checkpoint.saved', { runId: 'stale', attempt: 1, checkpointId: 'stale@10', step: 10 }),
    fact('training.checkpoint.saved', { runId: 'stale', attempt: 1, checkpointId: 'stale@20', step: 20 }),
    fact('evaluation.score.recorded', {
      ...score,
      runId: 'stale',
      checkpointId: 'stale@20',
      step: 20,
      value: 1,
      evaluationId: 'e1',
      harness: { name: 'h' },
    }),
  );
  const before = await server.caughtUp();
  const retract = (target: string, id: string, reason = 'withdrawn') =>
    server.ask<{ retract: object }>(
      `mutation ($id: ID!, $reason: String!) { retract(target: ${target}, id: $id, reason: $reason, actor: "eva") {
        ... on Retracted { isNew isKnown } ... on RetractRefused { refusal text }
      } }`,
      { id, reason },
    );
  expect(await retract('source', 'npm/vue@3')).toEqual({ retract: { isNew: true, isKnown: true } });
  expect(await retract('source', 'npm/vue@3')).toEqual({ retract: { isNew: false, isKnown: true } });
  expect(await retract('snapshot', 'pack')).toEqual({ retract: { isNew: true, isKnown: true } });
  expect(await retract('shard', 'never-registered')).toEqual({ retract: { isNew: true, isKnown: false } });
  expect(await retract('shard', 'vue-1', '')).toMatchObject({ retract: { refusal: 'invalid' } });
  const impact = (target: string, id: string, at = '') =>
    server.ask<{ retractionImpact: object }>(`{ retractionImpact(target: ${target}, id: "${id}" ${at}) {
      retractions { reason actor } registered shards runs { id consumed { amount total share } }
      checkpoints { id step consumed { amount total share } } scores answers complete unfollowed { kind ids }
    } }`);
  const consumed = [{ amount: 30, total: 100, share: 0.3 }];
  /* What was made from these may have been made from the shard too. */
  const unrecorded = [
    ['snapshot:web@v1', 'snapshot:web@v2'],
    ['unknown:web@v2', 'snapshot:web@v2'],
  ];
  const stale = {
    registered: true,
    shards: ['vue-1'],
    runs: [{ id: 'stale', consumed }],
    checkpoints: [{ id: 'stale@20', step: 20, consumed }],
    scores: ['e1'],
    answers: [],
    complete: false,
    unfollowed: unrecorded.map((ids) => ({ kind: 'unrecorded', ids })),
  };
  const retractions = [{ reason: 'withdrawn', actor: 'eva' }];
  expect(await impact('source', 'npm/vue@3')).toEqual({ retractionImpact: { retractions, ...stale } });
  expect(await impact('source', 'npm/vue@3', `asOf: "${before}"`)).toEqual({
    retractionImpact: { retractions: [], ...stale },
  });
  expect(await impact('snapshot', 'pack')).toMatchObject({
    retractionImpact: { ...stale, registered: false, retractions },
  });
  expect(await impact('shard', 'never-registered')).toMatchObject({
    retractionImpact: { retractions, registered: false, runs: [], checkpoints: [] },
  });
});
