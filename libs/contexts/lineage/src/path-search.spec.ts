import { expect, it } from 'vitest';
import type { WalkedEdge } from './neighbours.ts';
import { search } from './path-search.ts';

const edges = (source: string, target: string, count: number): WalkedEdge[] =>
  Array.from(
    { length: count },
    (_, at) =>
      ({ source, target, kind: 'derived', via: `step-${at}`, consumed: [] }) as unknown as WalkedEdge,
  );

const chain = (nodes: readonly string[], count: number): WalkedEdge[] =>
  nodes.slice(1).flatMap((target, at) => edges(nodes[at] ?? '', target, count));

it('stops at the number of edges that it may try, within a level of them too', () => {
  const { paths, cut } = search({
    from: 'a',
    to: 'e',
    edges: chain(['a', 'b', 'c', 'd', 'e'], 2_000),
    depth: 5,
    maxPaths: 100,
  });
  expect({ paths, cut }).toEqual({ paths: [], cut: 'edges' });
});

it('has found every path of a length before it stops at longer ones', () => {
  const many = [
    ...edges('a', 'b', 98),
    ...edges('b', 'c', 40),
    ...edges('c', 'd', 60),
    ...edges('d', 'z', 1),
  ];
  const found = search({
    from: 'a',
    to: 'z',
    edges: [...many, ...chain(['a', 'y', 'x', 'z'], 1)],
    depth: 10,
    maxPaths: 1,
  });
  expect(found.paths.map((path) => path.map(({ target }) => target).join(''))).toEqual(['yxz']);
  expect(found.cut).toBe('edges');
});

it('counts edges that no data may leave by, and reads the steps of a path once for all of them', () => {
  let reads = 0;
  const consumed = Array.from({ length: 500 }, () => ({
    get firstStep() {
      reads += 1;
      return 100;
    },
  }));
  const into = edges('a', 'run:r', 500).map((edge) => ({ ...edge, kind: 'consumed', consumed }));
  const out = edges('run:r', 'c', 500).map((edge) => ({ ...edge, kind: 'produced', step: 5 }));
  const all = [...into, ...out, ...edges('c', 'd', 1)] as unknown as WalkedEdge[];
  expect(search({ from: 'a', to: 'd', edges: all, depth: 5, maxPaths: 5 })).toEqual({
    paths: [],
    cut: 'edges',
  });
  expect(reads).toBeGreaterThan(0);
  expect(reads).toBeLessThan(2 * 500 * 500);
});

it('finds the shortest paths first, and says where there are more', () => {
  const some = [...edges('a', 'c', 1), ...edges('a', 'b', 2), ...edges('b', 'c', 2)];
  const found = search({ from: 'a', to: 'c', edges: some, depth: 3, maxPaths: 10 });
  expect(found.paths.map(({ length }) => length)).toEqual([1, 2, 2, 2, 2]);
  expect(found.cut).toBeUndefined();
  const cut = search({ from: 'a', to: 'c', edges: some, depth: 3, maxPaths: 3 });
  expect(cut).toEqual({ paths: found.paths.slice(0, 3), cut: 'paths' });
});
