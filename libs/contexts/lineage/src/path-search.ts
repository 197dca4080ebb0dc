import { appendAll } from '@tributary/kernel';
import type { WalkedEdge } from './neighbours.ts';
import { followersOf } from './step-bounds.ts';

type Search = {
  readonly from: string;
  readonly to: string;
  readonly edges: readonly WalkedEdge[];
  readonly depth: number;
  readonly maxPaths: number;
};

type Path = readonly WalkedEdge[];

/** Paths, and why there may be more: as many as were asked for were found, or as many edges as may be tried were tried. */
export type Found = { readonly paths: readonly Path[]; readonly cut: 'paths' | 'edges' | undefined };

/** Edges that a search tries at most, those to the end apart from the others. */
const MAX_TRIED = 200_000;

/**
 * Paths by length, then in the order of their edges. A beginning is extended only where the end is near enough, and data
 * leaves a run only with what the run made at or after the step at which it came in. Every beginning is first followed to
 * the end, then extended: what is cut off are longer paths alone.
 */
export function search({ from, to, edges, depth, maxPaths }: Search): Found {
  const remaining = distancesTo(to, edges);
  const leaving = edgesFrom(edges.filter(({ target }) => remaining.has(target)));
  const ending = edgesFrom(edges.filter(({ target }) => target === to));
  const leavingOf = (path: Path, all: typeof leaving) => all.get(path.at(-1)?.target ?? from) ?? [];
  const paths: Path[] = [];
  let tried = 0;
  let ended = 0;
  let begun: Path[] = [[]];
  for (let length = 1; length <= depth && begun.length > 0; length += 1) {
    for (const path of begun) {
      const last = leavingOf(path, ending);
      appendAll(paths, extensions(path, last, from));
      ended += last.length;
      if (ended > MAX_TRIED && paths.length <= maxPaths) return { paths, cut: 'edges' };
      if (paths.length > maxPaths) return { paths: paths.slice(0, maxPaths), cut: 'paths' };
    }
    if (length === depth) break;
    const extended: Path[] = [];
    for (const path of begun) {
      const next = leavingOf(path, leaving);
      tried += next.length;
      if (tried > MAX_TRIED) return { paths, cut: 'edges' };
      appendAll(extended, extensions(path, next, from));
    }
    begun = extended.filter((path) => isNear(remaining.get(path.at(-1)?.target ?? ''), depth - length));
  }
  return { paths, cut: undefined };
}

const isNear = (distance: number | undefined, hops: number): boolean =>
  distance !== undefined && distance > 0 && distance <= hops;

/** A path with each edge that it may be continued by: no node twice, and nothing that was made before the data came. */
function extensions(path: Path, edges: readonly WalkedEdge[], from: string): Path[] {
  if (edges.length === 0) return [];
  const last = path.at(-1);
  const mayFollow = last === undefined ? () => true : followersOf(last);
  const passed = new Set([from, ...path.map(({ target }) => target)]);
  return edges.filter((edge) => !passed.has(edge.target) && mayFollow(edge)).map((edge) => [...path, edge]);
}

function edgesFrom(edges: readonly WalkedEdge[]): Map<string, WalkedEdge[]> {
  const leaving = new Map<string, WalkedEdge[]>();
  for (const edge of edges.toSorted(byEnds)) {
    const own = leaving.get(edge.source);
    if (own) own.push(edge);
    else leaving.set(edge.source, [edge]);
  }
  return leaving;
}

const byEnds = (left: WalkedEdge, right: WalkedEdge): number =>
  keyOf(left) < keyOf(right) ? -1 : Number(keyOf(left) > keyOf(right));

const keyOf = ({ source, target, kind, via }: WalkedEdge): string =>
  JSON.stringify([source, target, kind, via]);

/** The least number of edges from each node to the end. */
function distancesTo(to: string, edges: readonly WalkedEdge[]): Map<string, number> {
  const arriving = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const own = arriving.get(target);
    if (own) own.push(source);
    else arriving.set(target, [source]);
  }
  const distances = new Map([[to, 0]]);
  let here = [to];
  for (let distance = 1; here.length > 0; distance += 1) {
    const next = new Set(
      here.flatMap((node) => arriving.get(node) ?? []).filter((node) => !distances.has(node)),
    );
    for (const node of next) distances.set(node, distance);
    here = [...next];
  }
  return distances;
}
