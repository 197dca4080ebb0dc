import type { Identification } from '../effect.ts';
import { isRandomised, lostRuns, unexposedRuns } from '../experiment.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { lacksFit } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { clusters } from '../surfaces/surface.ts';
import type { Swarm } from './swarm.ts';

/** Distance in shares up to which a mixture counts as inside the convex hull of the training mixtures. */
export const HULL_TOLERANCE = 0.01;

const BUDGET_TOLERANCE = 0.005;

/** Largest number of runs of one mixture. */
export function seedsPerMixture({ observations }: Swarm): number {
  const { names, of } = clusters(observations);
  const counts = new Int32Array(names.length);
  for (const cluster of of) counts[cluster]! += 1;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

function sameBudget({ runs }: Swarm): boolean {
  const totals = runs.map((run) => run.total).toSorted((left, right) => left - right);
  return totals.at(-1)! / totals[0]! - 1 <= BUDGET_TOLERANCE;
}

const configurations = ({ runs }: Swarm) => new Set(runs.map((run) => run.configDigest));

const mixesScores = ({ runs }: Swarm) => new Set(runs.map((run) => run.score.comparability)).size > 1;

const isAssigned = ({ arms }: Swarm) => arms.every(isRandomised);

/**
 * Identification of a swarm's effects. The surface adjusts for all shares; without a randomisation record that supports
 * more than an association only where all configurations are recorded and equal.
 */
export function swarmIdentification(swarm: Swarm): Identification {
  if (mixesScores(swarm) || !sameBudget(swarm)) return 'associational';
  if (isAssigned(swarm)) return 'randomised';
  const known = configurations(swarm);
  return known.size === 1 && !known.has(undefined) ? 'observational_adjusted' : 'associational';
}

/** Warnings about a swarm's effect; `distance` is that of the contrast to the hull of the training mixtures. */
export function swarmWarnings(
  experiment: Experiment,
  swarm: Swarm,
  surface: ResponseSurface,
  distance: number,
): Warning[] {
  const arms = swarm.arms.map(({ arm }) => arm);
  const lost = lostRuns(experiment, arms).length;
  const silent = unexposedRuns(experiment, arms).length;
  const outside = `The contrast lies ${distance.toFixed(3)} outside the hull of the training mixtures.`;
  const unlike = 'Runs were scored with different metrics, harnesses or prompts.';
  const checks: readonly (readonly [boolean, string, string])[] = [
    [
      seedsPerMixture(swarm) < 2,
      'single_seed',
      'No mixture was run with several seeds: only mixtures are resampled.',
    ],
    [distance > HULL_TOLERANCE, 'extrapolates', outside],
    [lost > 0, 'failed_runs', `${lost} runs ended early and are left out.`],
    [silent > 0, 'shares_missing', `${silent} runs recorded no exposure and are left out.`],
    [mixesScores(swarm), 'scores_not_comparable', unlike],
    [
      configurations(swarm).size > 1,
      'configuration_differs',
      'The configurations differ beyond the mixture.',
    ],
    [!sameBudget(swarm), 'budget_differs', 'The runs did not spend the same budget.'],
    [
      !isAssigned(swarm),
      'not_randomised',
      'No randomisation is recorded: the mixtures may depend on other choices.',
    ],
    [
      swarm.runs.some((run) => run.method !== 'measured'),
      'shares_not_measured',
      'Some shares were not measured.',
    ],
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
