import fc from 'fast-check';
import { getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';
import { plainFacts, renamed, renamingOf } from './renaming.fixture.ts';
import { readSchema, selectionOf } from './schema.fixture.ts';

const plain = plainFacts();
const [renaming = { words: new Map(), segments: new Map() }] = fc.sample(renamingOf(plain), {
  seed: 7,
  numRuns: 1,
});

const queries = new Map(Object.entries(readSchema().getQueryType()?.getFields() ?? {}));

/** Positions, times, sentences, and seeds that are drawn by the names in a question. */
const NOT_COMPARED =
  /^(asOf|by|changedAt|corrected|evidence|evidenceTotal|firstRecorded|hypotheses|hypothesis|lag|lastRecorded|pageInfo|position|randomSeed|reason|recordTime|recordedAt|startedAt|stubReason|text|time)$/;

const run = 'plain-full-s1';
const effects = { experiment: 'plain', capabilities: ['reasoning'], slices: ['code'] };
const shares = ['code', 'text'].map((slice) => ({ slice, share: 0.5 }));

/** A question to every query that a user names something in. */
const QUESTIONS: readonly (readonly [string, object])[] = [
  ['attribution', { ...effects, displacement: 'proportional' }],
  ['attribution', { ...effects, displacement: 'swap:text' }],
  ['attribution', { ...effects, displacement: 'added_budget' }],
  ['prediction', { experiment: 'plain', mixtures: [{ key: 'k', shares }] }],
  ['shards', { slice: 'code' }],
  ['shardImpact', { shard: 'part' }],
  ['snapshotContents', { snapshot: 'corpus@1' }],
  ['attributeValues', { attribute: 'quality', ref: 'part' }],
  ['scores', { experiment: 'plain', capability: 'reasoning' }],
  ['scores', { run }],
  ['scoreComparison', { run, otherRun: 'plain-full-s2' }],
  ['scoreComparison', { run, otherRun: 'reader', capability: 'reasoning' }],
  ['influences', { checkpoint: 'ck', estimator: 'grad', benchmark: 'held-out', item: 'i1' }],
  ['lineage', { node: `run:${run}` }],
  ['lineagePath', { from: `run:${run}`, to: 'checkpoint:ck' }],
  ['lineagePaths', { from: `run:${run}`, to: 'checkpoint:ck' }],
  ['lineageNode', { id: 'checkpoint:ck' }],
  ['entities', { kind: 'checkpoint', neighbour: `run:${run}` }],
  ['entity', { id: `run:${run}` }],
  ['search', { text: 'ck', kinds: ['checkpoint'] }],
  ['mixture', { id: 'plan' }],
  ['mixtureDrift', { run, by: 'slice' }],
  ['plannedExposure', { mixture: 'plan', tokens: 100, by: 'shard' }],
  ['predictedAgainstFound', { mixture: 'plan' }],
  ['routingLoads', { checkpoint: 'ck', probeSet: 'probes', domain: 'novels' }],
  ['trackedRun', { id: run }],
  ['metricHistory', { run, key: 'f1' }],
  ['metricHistory', { run, key: 'entropy' }],
  ['runs', { experiment: 'plain' }],
  ['run', { id: run }],
  ['exposure', { run, by: 'slice' }],
  ['exposureDifference', { run, otherRun: run, otherStep: 1 }],
  ['exposureGroups', { experiment: 'plain', by: ['run', 'slice'], slices: ['code'] }],
  ['lossSpikes', { run }],
  ['trainingContentSummary', { run: 'reader' }],
  ['contamination', { run: 'reader', benchmark: 'held-out', version: 'v3' }],
  ['contamination', { run, benchmark: 'held-out' }],
  ['batch', { run, step: 2 }],
  ['metrics', { run, attempt: 0 }],
  ['curve', { run }],
  ['curve', { run, metric: 'entropy' }],
  ['curve', { run, metric: 'accuracy' }],
  ['runReport', { run }],
];

/** Queries about ids that the server makes, about other facts, and the one whose numbers are drawn by the names. */
const OTHERS = [
  ['aliases', 'answer', 'answers', 'auditActions', 'deadLetter', 'deadLetters', 'decisionAccuracy'],
  ['design', 'eventById'],
  [
    'givenAnswers',
    'importContents',
    'normaliser',
    'openLineageRun',
    'pipeline',
    'publishedCheckpoints',
    'recordedTests',
    'retractionImpact',
    'shardAliases',
  ],
].flat();

let server: GraphqlServer;
beforeAll(async () => {
  const other = plain.map((event) => ({
    ...event,
    id: `other-${event.id}`,
    data: renamed(event['data'], renaming),
  }));
  server = await startGraphqlServer();
  await server.record(...plain, ...other);
  await server.caughtUp();
}, 120_000);
afterAll(() => server.remove());

function ask(name: string, given: object): Promise<object> {
  const field = queries.get(name);
  if (!field) throw new Error(`no query ${name}`);
  const named = field.args.filter((arg) => arg.name in given);
  const declared = named.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = named.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const text = `query (${declared}) { answer: ${name}(${passed}) { ${selectionOf(getNamedType(field.type), { without: NOT_COMPARED, depth: 5 })} } }`;
  return server.ask(text, given);
}

describe('what a user named has no meaning but to be equal', () => {
  it.each(QUESTIONS)('%s has the same answer about %j under other names', async (name, question) => {
    const expected = await ask(name, question);
    expect(JSON.stringify(expected)).not.toMatch(/"answer":null|"refusal":"unknown/);
    expect(await ask(name, renamed(question, renaming))).toEqual(renamed(expected, renaming));
  });

  it('and every query that takes a name is asked', () => {
    const named = [...queries.values()].filter(({ args }) =>
      args.some(
        ({ name, type }) =>
          /^(ID|String)$/.test(getNamedType(type).name) && !['after', 'prefix'].includes(name),
      ),
    );
    const asked = new Set(QUESTIONS.map(([name]) => name));
    expect(
      named
        .map(({ name }) => name)
        .filter((name) => !asked.has(name))
        .toSorted(),
    ).toEqual(OTHERS);
  });

  it('in columns of steps', async () => {
    const rows = await server.runtime.engine.reader.all(
      {
        name: 'columns',
        sql: 'SELECT DISTINCT run_id, mapKeys(extra) AS keys FROM tributary.training_step ORDER BY run_id',
        params: { parse: () => ({}) },
        row: { parse: (row) => row },
      },
      {},
    );
    const expected = { run_id: run, keys: ['entropy'] };
    const other = { run_id: renaming.words.get(run), keys: [renaming.words.get('entropy')] };
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining([expected, other]));
  });
});

describe.each(['toString', '__proto__'])('%s that nothing recorded', (name) => {
  it('is no capability, no slice and no metric', async () => {
    const question = { ...effects, displacement: 'proportional' };
    const mixtures = [{ key: name, shares: [{ slice: name, share: 1 }] }];
    const answers = [
      await ask('attribution', { ...question, capabilities: [name] }),
      await ask('attribution', { ...question, slices: [name] }),
      await ask('prediction', { experiment: 'plain', mixtures }),
      await ask('metricHistory', { run, key: name }),
      await ask('curve', { run, metric: name }),
    ];
    expect(answers).toMatchObject([
      { answer: { refusal: 'unknown_capability' } },
      { answer: { refusal: 'unknown_slice' } },
      { answer: { refusal: 'unknown_slice' } },
      { answer: { nodes: [], complete: false } },
      { answer: { points: [], complete: false } },
    ]);
  });
});
