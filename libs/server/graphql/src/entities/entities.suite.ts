import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { aHistory, counting, namedIn } from './named.fixture.ts';

const KINDS =
  'run experiment mixture snapshot shard source slice pipeline step checkpoint score actor project uri'.split(
    ' ',
  );

type Listed = { readonly id: string; readonly details: readonly { key: string; value: string }[] };
type Page = {
  readonly nodes: readonly Listed[];
  readonly totalCount?: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
type Hit = { readonly id: string; readonly field: string; readonly fit: string; readonly excerpt: string };
type Found = {
  readonly totalCount: number;
  readonly similar: readonly string[];
  readonly nodes: readonly Hit[];
};

const LIST = `query ($kind: EntityKind!, $contains: String, $neighbour: ID, $status: RunStatus, $model: String,
    $sort: EntitySort, $first: Int, $after: String, $asOf: Position, $counted: Boolean = false) {
  entities(kind: $kind, contains: $contains, neighbour: $neighbour, status: $status, model: $model,
      sort: $sort, first: $first, after: $after, asOf: $asOf) {
    nodes { id details { key value } } totalCount @include(if: $counted) pageInfo { hasNextPage endCursor }
  }
}`;
const SEARCH = `query ($text: String!, $first: Int) {
  search(text: $text, first: $first) { totalCount similar nodes { id field fit excerpt } }
}`;

/** Texts that are patterns, quotes, ends of texts or very long somewhere. */
const HOSTILE = [
  '%',
  '_',
  "'",
  '"',
  '\\',
  "' OR 1=1 --",
  '{text:String}',
  '\u0000',
  '\n\t\u001B[31m',
  '?',
  'ß',
  '*',
];

/** How much of a history is asked about: all of it, or samples. */
type Extent = { readonly rounds: number; readonly seed: number; readonly whole: boolean };

/** What lists and searches must give after any history, `rounds` of them from a seed. */
export function describeEntities({ rounds, seed, whole: isWhole }: Extent): void {
  const sample = <Item>(items: readonly Item[], count: number): readonly Item[] =>
    isWhole ? items : items.filter((_, index) => index % Math.ceil(items.length / count) === 0);

  describe.each(fc.sample(aHistory, { numRuns: rounds, seed }))('history $#', (...history: SentEvent[]) => {
    let server: GraphqlServer;
    beforeAll(async () => {
      server = await startGraphqlServer();
      await server.record(...history);
      await server.caughtUp();
    });
    afterAll(() => server.remove());

    const list = async (kind: string, more: object = {}): Promise<Page> => {
      const { entities } = await server.ask<{ entities: Page }>(LIST, { kind, first: 1_000, ...more });
      return entities;
    };
    const search = async (text: string): Promise<Found> =>
      (await server.ask<{ search: Found }>(SEARCH, { text, first: 1_000 })).search;
    const named = (kind: string, position = history.length): string[] => {
      const all = counting(history, position).flatMap(namedIn);
      return [...new Set(all)].filter((id) => id.startsWith(`${kind}:`)).toSorted(byBytes);
    };

    it('is listed as its facts name it, at every time', async () => {
      for (const position of [Math.floor(history.length / 2), history.length])
        for (const kind of position === history.length ? sample(KINDS, 4) : sample(KINDS, 1)) {
          const { nodes, totalCount } = await list(kind, { asOf: String(position), counted: kind === 'run' });
          expect({ kind, position, ids: nodes.map(({ id }) => id) }).toEqual({
            kind,
            position,
            ids: named(kind, position),
          });
          expect(totalCount ?? nodes.length).toBe(nodes.length);
        }
    });

    it.runIf(isWhole)('is listed in pages that add up, in every order', async () => {
      for (const sort of ['newest', 'oldest', 'id']) {
        const { nodes: whole } = await list('run', { sort });
        const found: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const { nodes, pageInfo }: Page = await list('run', { sort, first: 4, after });
          for (const { id } of nodes) found.push(id);
          ({ hasNextPage: more, endCursor: after } = pageInfo);
        }
        expect(found).toEqual(whole.map(({ id }) => id));
        expect(found.toSorted(byBytes)).toEqual(named('run'));
      }
    });

    it('is filtered by what it shows', async () => {
      const { nodes: runs } = await list('run');
      for (const [key, values] of [
        ['status', ['planned', 'running', 'completed', 'failed', 'stopped', 'unknown']],
        ['model', ['olmo', 'olmo-1b', 'none']],
      ] as const)
        for (const value of sample(values, 3)) {
          const { nodes } = await list('run', { [key]: value });
          const shown = runs.filter(({ details }) =>
            details.some((one) => one.key === key && one.value === value),
          );
          expect({ value, runs: nodes }).toEqual({ value, runs: shown });
        }
      for (const contains of sample(['R1', '%', '_', `'`, '\\', 'ü'], 1)) {
        const { nodes } = await list('run', { contains });
        const all = runs.filter(({ id }) => id.slice(4).toLowerCase().includes(contains.toLowerCase()));
        expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(all.map(({ id }) => id)));
      }
      for (const run of sample(named('run'), 1)) {
        const { nodes } = await list('checkpoint', { neighbour: run });
        const own = named('checkpoint').filter((id) => id.startsWith(`checkpoint:${run.slice(4)}@`));
        expect(nodes.map(({ id }) => id)).toEqual(own);
      }
    });

    it('is found by its id and its addresses, whatever else contains them', async () => {
      for (const id of sample([...named('run'), ...named('shard'), ...named('checkpoint')], 2)) {
        const key = id.slice(id.indexOf(':') + 1);
        const { nodes, totalCount } = await search(key);
        expect(nodes.find((hit) => hit.id === id)).toMatchObject({ field: 'id', fit: 'whole', excerpt: key });
        expect(totalCount).toBe(nodes.length);
      }
      const shards = counting(history, history.length).filter(
        ({ type }) => type === 'corpus.shard.registered',
      );
      for (const shard of sample(shards, 1)) {
        const { shardId, uri }: { shardId: string; uri: string } = Object(shard['data']);
        const { nodes } = await search(uri);
        expect(nodes.find((hit) => hit.id === `shard:${shardId}`)).toMatchObject({
          field: 'address',
          fit: 'whole',
        });
      }
    });

    it('is not found by a text that nothing contains, however hostile', async () => {
      for (const text of [...sample(HOSTILE, 2), 'x'.repeat(10_000)]) {
        const { nodes, similar } = await search(text);
        const lower = text.toLowerCase();
        expect(nodes.filter(({ excerpt }) => !excerpt.toLowerCase().includes(lower))).toEqual([]);
        expect(similar.length).toBeLessThanOrEqual(nodes.length > 0 ? 0 : 5);
      }
    });
  });
}

const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));
