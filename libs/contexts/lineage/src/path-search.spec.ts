import { expect, it } from 'vitest';
import type { WalkedEdge } from './neighbours.ts';
import { search } from './path-search.ts';

const edges = (source: string, target: string, count: number): WalkedEdge[] =>
  Array.from(
    { length: count },
    (_, at) =>
      ({ source, target, kind: 'derived', via: `step-${at}`, consumed: [] }) as unknown as WalkedEdge,
  );

it('stops at the number of edges that it may try, within a level of them too', () => {
  const levels = ['a', 'b', 'c', 'd'].flatMap((source, at) => edges(source, 'bcde'[at] ?? '', 2_000));
  const { paths, isCut } = search({ from: 'a', to: 'e', edges: levels, depth: 5, maxPaths: 100 });
  expect(isCut).toBe(true);
  expect(paths).toEqual([]);
});

it('finds the shortest paths first, and says where there are more', () => {
  const some = [...edges('a', 'c', 1), ...edges('a', 'b', 2), ...edges('b', 'c', 2)];
  const found = search({ from: 'a', to: 'c', edges: some, depth: 3, maxPaths: 10 });
  expect(found.paths.map(({ length }) => length)).toEqual([1, 2, 2, 2, 2]);
  expect(found.isCut).toBe(false);
  const cut = search({ from: 'a', to: 'c', edges: some, depth: 3, maxPaths: 3 });
  expect(cut).toEqual({ paths: found.paths.slice(0, 3), isCut: true });
});
