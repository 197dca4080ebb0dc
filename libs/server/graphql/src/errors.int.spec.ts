import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer({ introspection: false });
});
afterAll(() => server.remove());

const errorOf = async (query: string) => (await server.reply(query)).body.errors?.[0];

describe('a query with an earlier name', () => {
  it.each([
    ['{ runs { runs { id } } }', 'RunConnection.runs', 'nodes'],
    ['{ shards { shards { id } } }', 'ShardConnection.shards', 'nodes'],
    ['{ scores { truncated } }', 'ScoreConnection.truncated', 'pageInfo { hasNextPage }'],
    ['{ recordedTests(family: "f") { tests { pValue } } }', 'RecordedTestConnection.tests', 'nodes'],
    ['{ experiments { slices } }', 'ExperimentConnection.slices', 'nodes { slices }'],
    ['{ attribution { ... on Attribution { effects { reading } } } }', 'Effect.reading', 'interpretation'],
    ['{ snapshotContents(snapshot: "s") { nodes { place } } }', 'SnapshotMember.place', 'index'],
  ])('%s is answered with the present one', async (query, before, now) => {
    expect(await errorOf(query)).toMatchObject({
      message: `${before} is now ${now} (docs/upgrading.md)`,
      extensions: { code: 'renamed_field', before, now },
    });
  });
});

describe('a query with several unknown things', () => {
  it('has its errors in the order of the document', async () => {
    const fields = ['exposure(run: "x") { total }', 'run(id: "x") { id }', 'curve(run: "x") { metric }'];
    const query = `{ ${[0, 1, 2, 3].flatMap((part) => fields.map((field, index) => `f${part}${index}: ${field}`)).join(' ')} }`;
    const { errors = [] } = (await server.reply(query)).body;
    const columns = errors.map(({ locations }) => locations?.[0]?.column ?? 0);
    expect(columns).toHaveLength(12);
    expect(columns).toEqual(columns.toSorted((left, right) => left - right));
  });
});

describe('a wrong query', () => {
  it('keeps the message of the validation', async () => {
    expect(await errorOf('{ runs { colour } }')).toMatchObject({
      message: 'Cannot query field "colour" on type "RunConnection".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it.each([
    [
      '{ runs(first: 0) { totalCount } }',
      'page_out_of_range',
      '`first` is 0; ask for 1 to 1000 nodes on a page',
    ],
    [
      '{ runs(asOf: "99") { totalCount } }',
      'unknown_position',
      '99 is not a position of this log; its last position is 0. If an answer or a receipt named it, this is an older copy',
    ],
    ['{ projects(after: "lost") { totalCount } }', 'unknown_cursor', '`after` is lost'],
    ['{ auditActions(after: "garbage") { totalCount } }', 'unknown_cursor', '`after` is garbage'],
    ['{ snapshotContents(snapshot: "s", after: "x") { totalCount } }', 'unknown_cursor', '`after` is x'],
  ])('%s has the code %s', async (query, code, message) => {
    expect(await errorOf(query)).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code },
    });
  });

  it.each([
    ['{ runs(asOf: "") { totalCount } }', 'a position is the text'],
    ['{ runs(asOf: 7) { totalCount } }', '7 is not a position of this log'],
    ['{ scores(first: 10001) { totalCount } }', 'ask for 1 to 10000 nodes'],
  ])('%s says what is accepted', async (query, message) => {
    expect((await errorOf(query))?.message).toContain(message);
  });
});

describe('a server that does not describe its schema', () => {
  it('refuses introspection', async () => {
    const error = await errorOf('{ __schema { types { name } } }');
    expect(error).toMatchObject({ message: expect.stringMatching(/introspection/i) });
    expect(error?.message).not.toContain('RunConnection');
  });

  it.each(['{ runs { node { id } } }', '{ rans { totalCount } }', '{ runs(frist: 1) { totalCount } }'])(
    'suggests no names for %s',
    async (query) => {
      expect((await errorOf(query))?.message).not.toMatch(/did you mean/i);
    },
  );
});

describe('an empty log', () => {
  it('has empty lists, complete as of its beginning', async () => {
    expect(
      await server.ask('{ runs { nodes { id } pageInfo { hasNextPage endCursor } totalCount complete } }'),
    ).toEqual({
      runs: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0, complete: true },
    });
    expect(await server.ask('{ experiments { totalCount asOf { time } } }')).toEqual({
      experiments: { totalCount: 0, asOf: { time: null } },
    });
    expect(await server.ask('{ scores { totalCount evidenceTotal } }')).toEqual({
      scores: { totalCount: 0, evidenceTotal: 0 },
    });
  });
});
