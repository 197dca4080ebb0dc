import type { LineageAssertion, Edge } from './edge.ts';

/**
 * The edges that count: for each facet those of its newest emission, and for each target within a run those of the best
 * rank that a facet asserts it by. `queries/neighbours-*.sql` apply the same rule to rows.
 */
export function effectiveEdges(edges: readonly Edge[], assertions: readonly LineageAssertion[]): Edge[] {
  const newest = newestEmissions(assertions);
  const best = bestRanks(assertions, newest);
  return edges.filter((edge) => {
    const { via, facet, moment, target, rank = 0 } = edge;
    if (via === undefined) return true;
    if (facet !== undefined && newest.get(`${via} ${facet}`) !== moment) return false;
    return rank <= (best.get(`${via} ${target}`) ?? Infinity);
  });
}

function newestEmissions(assertions: readonly LineageAssertion[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { via, facet, moment } of assertions) {
    const key = `${via} ${facet}`;
    if (moment > (newest.get(key) ?? '')) newest.set(key, moment);
  }
  return newest;
}

function bestRanks(
  assertions: readonly LineageAssertion[],
  newest: ReadonlyMap<string, string>,
): Map<string, number> {
  const best = new Map<string, number>();
  for (const { via, facet, moment, target, rank } of assertions) {
    if (target === '' || newest.get(`${via} ${facet}`) !== moment) continue;
    const key = `${via} ${target}`;
    best.set(key, Math.min(rank, best.get(key) ?? Infinity));
  }
  return best;
}
