import type { Claim, Edge } from './edge.ts';

/**
 * The edges that stand: of each facet those of its newest emission, and of each target within a run those of the best
 * rank that a facet decides it by. `queries/neighbours-*.sql` say the same of rows.
 */
export function standing(edges: readonly Edge[], claims: readonly Claim[]): Edge[] {
  const newest = newestEmissions(claims);
  const best = bestRanks(claims, newest);
  return edges.filter((edge) => {
    const { via, facet, moment, target, rank = 0 } = edge;
    if (via === undefined) return true;
    if (facet !== undefined && newest.get(`${via} ${facet}`) !== moment) return false;
    return rank <= (best.get(`${via} ${target}`) ?? Infinity);
  });
}

function newestEmissions(claims: readonly Claim[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { via, facet, moment } of claims) {
    const key = `${via} ${facet}`;
    if (moment > (newest.get(key) ?? '')) newest.set(key, moment);
  }
  return newest;
}

function bestRanks(claims: readonly Claim[], newest: ReadonlyMap<string, string>): Map<string, number> {
  const best = new Map<string, number>();
  for (const { via, facet, moment, target, rank } of claims) {
    if (target === '' || newest.get(`${via} ${facet}`) !== moment) continue;
    const key = `${via} ${target}`;
    best.set(key, Math.min(rank, best.get(key) ?? Infinity));
  }
  return best;
}
