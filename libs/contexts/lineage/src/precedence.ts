/** What precedence is decided by. `via` and `facet` are absent or empty where no event or no facet asserts the edge. */
export type RankedEdge = {
  readonly target: string;
  readonly via?: string;
  readonly facet?: string;
  readonly moment?: string;
  readonly rank?: number;
};

export type Assertion = {
  readonly via: string;
  readonly facet: string;
  readonly moment: string;
  readonly rank: number;
  readonly target: string;
};

/**
 * The edges that count: for each facet those of its newest emission, and for each target within a run those of the best
 * rank that a facet asserts it by. `queries/neighbour-counts.sql` applies the same rule to rows.
 */
export function effectiveEdges<Edge extends RankedEdge>(
  edges: readonly Edge[],
  assertions: readonly Assertion[],
): Edge[] {
  const newest = newestEmissions(assertions);
  const best = bestRanks(assertions, newest);
  return edges.filter(({ via = '', facet = '', moment, target, rank = 0 }) => {
    if (via === '') return true;
    if (facet !== '' && newest.get(keyOf(via, facet)) !== moment) return false;
    return rank <= (best.get(keyOf(via, target)) ?? Infinity);
  });
}

function newestEmissions(assertions: readonly Assertion[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { via, facet, moment } of assertions) {
    const key = keyOf(via, facet);
    if (moment > (newest.get(key) ?? '')) newest.set(key, moment);
  }
  return newest;
}

function bestRanks(
  assertions: readonly Assertion[],
  newest: ReadonlyMap<string, string>,
): Map<string, number> {
  const best = new Map<string, number>();
  for (const { via, facet, moment, target, rank } of assertions) {
    if (target === '' || newest.get(keyOf(via, facet)) !== moment) continue;
    const key = keyOf(via, target);
    best.set(key, Math.min(rank, best.get(key) ?? Infinity));
  }
  return best;
}

const keyOf = (via: string, of: string): string => JSON.stringify([via, of]);
