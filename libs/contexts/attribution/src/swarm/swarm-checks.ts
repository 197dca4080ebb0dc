import type { Warning } from '../experiment.ts';
import { lacksFit } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
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
export function swarmWarnings(swarm: Swarm, surface: ResponseSurface, distance: number): Warning[] {
  const outside = `The contrast lies ${distance.toFixed(3)} outside the hull of the training mixtures.`;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [
      seedsPerMixture(swarm).most < 2,
      'single_seed',
      'No mixture was run with several seeds: only mixtures are resampled.',
    ],
    [distance > HULL_TOLERANCE, 'extrapolates', outside],
    [
      lacksFit(surface.form, surface.observations),
      'lack_of_fit',
      'Mixtures deviate from the surface by more than seeds of one mixture differ.',
    ],
    [
      surface.form.id === 'gaussian_process',
      'hyperparameters_kept',
      'Resamples keep the fitted hyperparameters.',
    ],
  ];
  return checks.flatMap(([holds, code, text]) => (holds ? [{ code, text }] : []));
}
