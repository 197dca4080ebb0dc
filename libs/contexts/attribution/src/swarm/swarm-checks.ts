import type { Warning } from '../experiment.ts';
import type { Swarm } from './swarm.ts';

/** Distance in shares up to which a mixture counts as inside the convex hull of the training mixtures. */
export const HULL_TOLERANCE = 0.01;

/** Distinct seeds of the mixture that has the fewest of them, and of the one that has the most. */
export function seedsPerMixture({ runs }: Swarm): { readonly fewest: number; readonly most: number } {
  const seeds = new Map<string, Set<string | number>>();
  for (const { mixtureId, seed, runId } of runs) {
    seeds.set(mixtureId, (seeds.get(mixtureId) ?? new Set()).add(seed ?? `run ${runId}`));
  }
  const counts = [...seeds.values()].map(({ size }) => size).toSorted((left, right) => left - right);
  return { fewest: counts[0] ?? 0, most: counts.at(-1) ?? 0 };
}

/** Warnings about a swarm's effect; `distance` is that of the contrast to the hull of the training mixtures. */
export function swarmWarnings(swarm: Swarm, distance: number): Warning[] {
  const outside = `The contrast lies ${distance.toFixed(3)} outside the hull of the training mixtures.`;
  const single = 'No mixture was run with several seeds: the noise is what no surface explains.';
  return [
    ...(seedsPerMixture(swarm).most < 2 ? [{ code: 'single_seed', text: single }] : []),
    ...(distance > HULL_TOLERANCE ? [{ code: 'extrapolates', text: outside }] : []),
  ];
}
