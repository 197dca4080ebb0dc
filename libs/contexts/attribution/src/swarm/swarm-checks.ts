import type { Warning } from '../experiment.ts';
import { lacksFit } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { clusters } from '../surfaces/surface.ts';
import type { Swarm } from './swarm.ts';

/** Distance in shares up to which a mixture counts as inside the convex hull of the training mixtures. */
export const HULL_TOLERANCE = 0.01;

/** Largest number of runs of one mixture. */
export function seedsPerMixture({ observations }: Swarm): number {
  const { names, of } = clusters(observations);
  const counts = new Int32Array(names.length);
  for (const cluster of of) counts[cluster]! += 1;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/** Warnings about a swarm's effect; `distance` is that of the contrast to the hull of the training mixtures. */
export function swarmWarnings(swarm: Swarm, surface: ResponseSurface, distance: number): Warning[] {
  const outside = `The contrast lies ${distance.toFixed(3)} outside the hull of the training mixtures.`;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [
      seedsPerMixture(swarm) < 2,
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
