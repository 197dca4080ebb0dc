import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

let server: GraphqlServer;
/** Rows that each query answered since the beginning of the test. */
let rows: Map<string, number>;

beforeAll(async () => {
  server = await startGraphqlServer({
    reader: (reader) => ({
      ...reader,
      all: async (query, params, ...options) => {
        const found = await reader.all(query, params, ...options);
        rows.set(query.name, (rows.get(query.name) ?? 0) + found.length);
        return found;
      },
    }),
  });
});
beforeEach(() => {
  rows = new Map();
});
afterAll(() => server.remove());

const why = { reason: 'a copy', actor: 'ada' };

const state = async (mutation: string, kind: string, address: string, other: string) => {
  await server.caughtUp();
  const asked = `mutation ($kind: AliasKind!, $address: ID!, $other: ID!, $reason: String!, $actor: String) {
    stated: ${mutation}(kind: $kind, address: $address, other: $other, reason: $reason, actor: $actor) {
      ... on AliasRecorded { position } ... on AliasRefused { refusal } } }`;
  const { stated } = await server.ask<{ stated: { refusal?: string } }>(asked, {
    kind,
    address,
    other,
    ...why,
  });
  return stated.refusal ?? 'recorded';
};

const declared = (address: string, other: string) =>
  fact('corpus.alias.declared', { kind: 'pair', address, other, ...why });

it('reads one alias to declare one, however many its address has', async () => {
  await server.record(...Array.from({ length: 2_000 }, (_, at) => declared('hub', `spoke-${at}`)));
  expect(await state('declareAlias', 'pair', 'hub', 'spoke-1999')).toBe('already_declared');
  expect(await state('declareAlias', 'pair', 'hub', 'spoke-new')).toBe('recorded');
  expect(Math.max(...rows.values())).toBeLessThanOrEqual(2);
});

it('finds an alias in either order, of its kind alone, as it was stated last', async () => {
  await server.record(declared('b', 'a'));
  expect(await state('declareAlias', 'prefix', 'a', 'b')).toBe('recorded');
  expect(await state('declareAlias', 'pair', 'a', 'b')).toBe('already_declared');
  expect(await state('withdrawAlias', 'pair', 'a', 'b')).toBe('recorded');
  expect(await state('withdrawAlias', 'pair', 'b', 'a')).toBe('not_declared');
  expect(await state('declareAlias', 'prefix', 'b', 'a')).toBe('already_declared');
  await server.record(declared('a', 'b'));
  expect(await state('withdrawAlias', 'pair', 'b', 'a')).toBe('recorded');
});
