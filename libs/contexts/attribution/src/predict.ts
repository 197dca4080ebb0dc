import { Fault } from '@tributary/kernel';
import { close, sharesIn } from './composition/composition.ts';
import type { Composition } from './composition/composition.ts';
import { capabilitiesOf } from './experiment.ts';
import type { Experiment, Proxy, Warning } from './experiment.ts';
import { scaleFindings } from './controls/accuracy-scales.ts';
import { notComparable } from './controls/evaluations.ts';
import { uncountedRuns } from './controls/records.ts';
import { hullDistance } from './composition/hull.ts';
import { allFinite } from './numerics/moments.ts';
import { random, seedFrom } from './numerics/random.ts';
import { mixtureMean } from './statistics/mixture-of-t.ts';
import { leftOutReach, newRunInterval } from './surfaces/calibrated-interval.ts';
import { portableSurface } from './surfaces/portable-surface.ts';
import type { PortableSurface } from './surfaces/portable-surface.ts';
import { chosenBy, fitSurface, newRunOf, SURFACE } from './surfaces/response-surface.ts';
import { spreadOut } from './surfaces/spread-out-runs.ts';
import { HULL_TOLERANCE } from './swarm/swarm-checks.ts';
import { swarmOf, unlikeRuns } from './swarm/swarm.ts';

/** One outcome on the training mixtures, in plain values that can be sent to a worker thread. */
export type OutcomeTraining = {
  readonly capability: string;
  readonly unit: string;
  readonly components: readonly string[];
  readonly mixtures: readonly string[];
  readonly shares: readonly (readonly number[])[];
  readonly values: readonly number[];
};

export type PredictedMixture = {
  readonly mixture: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Euclidean distance in shares. With many slices almost every new mixture lies slightly outside the hull. */
  readonly hullDistance: number;
  readonly outsideHull: boolean;
};

export type PredictedOutcome = {
  readonly capability: string;
  readonly unit: string;
  readonly level: number;
  readonly estimator: { readonly id: string; readonly version: string } | null;
  readonly chosenBy: string | null;
  readonly n: { readonly runs: number; readonly mixtures: number };
  readonly rows: readonly PredictedMixture[];
  readonly randomSeed: number;
};

export type TargetMixture = { readonly mixture: string; readonly shares: Composition };

export type PredictionRequest = {
  readonly training: OutcomeTraining;
  readonly targets: readonly TargetMixture[];
  readonly randomSeed: number;
  readonly level?: number | undefined;
};

export type Predictions = {
  readonly outcomes: readonly PredictedOutcome[];
  readonly proxy: Proxy | null;
};

/**
 * The training data of one outcome. `shares` has a row for each run and a column for each of `components`; each row sums
 * to one. Undefined where no training run has a score of the capability, or where the scores are different quantities.
 */
export function outcomeTraining(experiment: Experiment, capability: string): OutcomeTraining | undefined {
  const swarm = swarmOf(experiment, capability);
  if (!swarm || notComparable(swarm.runs, capability, false)) return undefined;
  const { components, mixtures, shares, values } = swarm.observations;
  const { unit } = swarm.runs[0]!.score;
  return {
    capability,
    unit,
    components,
    mixtures,
    shares: shares.map((row) => [...row]),
    values: [...values],
  };
}

/**
 * Fits a response surface to one outcome (`fitSurface`) and predicts a new run of each target mixture, in the unit of the
 * score. Intervals include the noise of a run and reach as far as left-out mixtures need (`leftOutReach`). `rows` is empty where no surface can be fitted. Throws Fault `not_finite`
 * where a share or a value is NaN or infinite.
 */
export function predictOutcome({
  training,
  targets,
  randomSeed,
  level = 0.95,
}: PredictionRequest): PredictedOutcome {
  const { capability, unit, components } = training;
  requireFinite(training, targets);
  const { shares, fitted, surface } = surfaceOf(training, randomSeed);
  const reach = surface && leftOutReach(surface, level);
  const predicted = ({ mixture, shares: target }: TargetMixture) => {
    if (!surface) return [];
    const point = sharesIn(components, close(target));
    const distance = hullDistance(shares, point);
    const outcome = newRunOf(surface, point);
    const { low, high } = newRunInterval(outcome, reach, level);
    return [
      {
        mixture,
        mean: mixtureMean(outcome),
        low,
        high,
        hullDistance: distance,
        outsideHull: distance > HULL_TOLERANCE,
      },
    ];
  };
  return {
    capability,
    unit,
    level,
    estimator: surface ? SURFACE : null,
    chosenBy: surface ? `${chosenBy(surface, shares.length)}; ${reachText(reach)}` : null,
    n: { runs: fitted.mixtures.length, mixtures: new Set(fitted.mixtures).size },
    rows: targets.flatMap(predicted),
    randomSeed,
  };
}

const reachText = (reach: number | undefined) =>
  reach === undefined
    ? 'intervals are quantiles of the posterior, because too few mixtures were run to calibrate them, or all but one score alike'
    : `intervals reach ${reach.toFixed(2)} standard deviations, as far as left-out mixtures lie from their predictions`;

function surfaceOf({ components, mixtures, ...training }: OutcomeTraining, randomSeed: number) {
  const shares = training.shares.map((row) => Float64Array.from(row));
  const observations = { components, mixtures, shares, values: Float64Array.from(training.values) };
  const fitted = spreadOut(observations);
  return { shares, fitted, surface: fitSurface(fitted, random(randomSeed)) };
}

/**
 * The surface that `predictOutcome` predicts by, as plain numbers; undefined where none can be fitted. Throws Fault
 * `not_finite` as that does.
 */
export function surfaceOfOutcome({
  training,
  randomSeed,
  level = 0.95,
}: PredictionRequest): PortableSurface | undefined {
  requireFinite(training, []);
  const { surface } = surfaceOf(training, randomSeed);
  return surface && portableSurface(surface, leftOutReach(surface, level));
}

function requireFinite(
  { capability, shares, values }: OutcomeTraining,
  targets: readonly TargetMixture[],
): void {
  const wanted = targets.map((target) => Object.values(target.shares));
  if ([...shares, ...wanted, values].every(allFinite)) return;
  throw new Fault('not_finite', `the prediction of ${capability} has a share or a value that is not finite`);
}

/** One request for each capability with training runs. A pool of workers can answer them in parallel. */
export function predictionRequests(
  experiment: Experiment,
  targets: readonly TargetMixture[],
): PredictionRequest[] {
  return capabilitiesOf(experiment).flatMap((capability) => {
    const training = outcomeTraining(experiment, capability);
    return training ? [{ training, targets, randomSeed: seedFrom(experiment.name, capability) }] : [];
  });
}

/**
 * Why capabilities with training runs have no prediction: their scores are different quantities (`notComparable`), or the
 * runs differ in more than their mixtures.
 */
export function unpredictable(experiment: Experiment): Warning[] {
  const capabilities = capabilitiesOf(experiment);
  const unlike = capabilities.filter((capability) => unlikeRuns(experiment, capability));
  const text = `The runs differ in more than their mixtures, so no surface of the mixture alone predicts ${unlike.join(', ')}.`;
  const different = capabilities.flatMap((capability) => {
    const swarm = swarmOf(experiment, capability);
    return (swarm && notComparable(swarm.runs, capability, false)) ?? [];
  });
  return unlike.length === 0 ? different : [...different, { code: 'runs_differ', text }];
}

/** What is wrong with the training runs of predictions: their mixture is unknown or contradictory, they repeat another run and do not count, or their scores may be on two scales. */
export function trainingWarnings(experiment: Experiment): Warning[] {
  const training = experiment.arms.filter(
    ({ design, role }) => design !== 'controlled_ablation' && role === 'train',
  );
  const uncounted = uncountedRuns(
    experiment,
    training.map(({ arm }) => arm),
  );
  const scales = capabilitiesOf(experiment).flatMap((capability) =>
    scaleFindings(swarmOf(experiment, capability)?.runs ?? [], capability),
  );
  return [...uncounted, ...scales.map(({ warning }) => warning)];
}

/**
 * Predicts every capability of the experiment on new mixtures. Target shares need not sum to one; they are closed.
 * Capabilities without training runs are left out.
 */
export function predict(experiment: Experiment, targets: readonly TargetMixture[]): Predictions {
  const outcomes = predictionRequests(experiment, targets).map(predictOutcome);
  return { outcomes, proxy: experiment.proxy ?? null };
}
