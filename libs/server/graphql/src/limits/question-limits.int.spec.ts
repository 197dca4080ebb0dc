import { QUESTION_LIMITS } from '@tributary/capture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

const limits = { ...QUESTION_LIMITS, tokens: 500, depth: 5, aliases: 6, rootFields: 3, directives: 2 };
let server: GraphqlServer;

beforeAll(async () => {
  server = await startGraphqlServer({ limits });
});
afterAll(() => server.remove());

const aliased = (count: number, field: string): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')} }`;

const deep = 'lineage(node: "run:a") { nodes { id } edges { shard { id } } }';

describe('a request that asks for more than one may', () => {
  it.each([
    ['tokens', `{ ${'status { lag } '.repeat(200)} }`, 500, undefined, 'TRIBUTARY_GRAPHQL_TOKENS'],
    [
      'depth',
      '{ __schema { types { fields { type { ofType { name } } } } } }',
      5,
      6,
      'TRIBUTARY_GRAPHQL_DEPTH',
    ],
    ['rootFields', aliased(4, 'status { lag }'), 3, 4, 'TRIBUTARY_GRAPHQL_ROOT_FIELDS'],
    [
      'aliases',
      `{ status { log { a: time b: time c: time d: time ...More ...More } } } fragment More on AsOf { e: time f: time }`,
      6,
      8,
      'TRIBUTARY_GRAPHQL_ALIASES',
    ],
    [
      'directives',
      '{ status { lag @skip(if: false) complete @skip(if: false) fault @include(if: true) } }',
      2,
      3,
      'TRIBUTARY_GRAPHQL_DIRECTIVES',
    ],
    [
      'cost',
      '{ scores(first: 10000) { nodes { ...S ...S ...S ...S ...S ...S ...S ...S ...S } } } fragment S on Score { run step capability benchmark metric split value stderr items unit harness method evidence }',
      1_000_000,
      1_190_000,
      'TRIBUTARY_GRAPHQL_COST',
    ],
  ])(
    'of %s is refused with what was found and what changes it',
    async (...[limit, query, value, found, key]) => {
      const { status, body } = await server.reply(query);
      expect({ status, data: body.data }).toEqual({ status: 400, data: undefined });
      const [error] = body.errors ?? [];
      expect(error?.extensions).toEqual({
        code: 'question_too_large',
        limit,
        value,
        ...(found !== undefined && { found }),
        key,
        retryable: false,
      });
      for (const part of [String(found ?? `more than ${value}`), `may have ${value}`, key, 'refused again'])
        expect(error?.message).toContain(part);
      await expect.poll(() => server.refused.at(-1)).toBe(limit);
    },
  );

  it('is judged by the operation that it names, with the variables that it gives', async () => {
    const query = `query Small { status { lag } } query Large ($first: Int) { scores(first: $first) { nodes { ${'run step value '.repeat(40)} } } }`;
    expect(await server.reply(query.replace('query Small', 'query'))).toMatchObject({ status: 400 });
    const large = query.replace(/^query Small .*? \} \} /, '');
    expect((await server.reply(large, { first: 10_000 })).body.errors?.[0]?.extensions).toMatchObject({
      limit: 'cost',
      found: 10_000 + 10_000 * 121,
    });
    expect((await server.reply(large, { first: 10 })).body).toMatchObject({
      data: { scores: { nodes: [] } },
    });
  });

  it('within the limits is answered', async () => {
    const before = server.refused.length;
    expect(await server.ask(aliased(3, 'status { lag }'))).toEqual({
      a0: { lag: 0 },
      a1: { lag: 0 },
      a2: { lag: 0 },
    });
    expect((await server.reply(`{ ${deep} }`)).body.errors?.[0]?.extensions?.['code']).not.toBe(
      'question_too_large',
    );
    expect(server.refused).toHaveLength(before);
  });
});
