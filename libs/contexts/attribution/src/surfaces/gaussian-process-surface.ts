import { pointIn } from './covariance.ts';
import type { Metric } from './covariance.ts';
import { condition, diagnose } from './gaussian-process.ts';
import { polishHyperparameters, searchHyperparameters } from './marginal-likelihood.ts';
import { mean, variance } from '../numerics/moments.ts';
import type { FittedForm, Observations } from './surface.ts';

/** Distinct mixtures per component that the length scales need at least. */
const FEWEST_MIXTURES_PER_COMPONENT = 2;

/**
 * A Gaussian process (Rasmussen and Williams 2006) on shares or on their square roots, whichever has the higher marginal
 * likelihood. Its predictive sd is scaled by the root mean square of the standardised leave-one-out residuals, which
 * calibrates it on the training mixtures. Undefined with fewer than two distinct mixtures per component.
 */
export function fitGaussianProcess({
  components,
  shares,
  values,
  mixtures,
}: Observations): FittedForm | undefined {
  if (new Set(mixtures).size < FEWEST_MIXTURES_PER_COMPONENT * components.length) return undefined;
  const centre = mean(values);
  const spread = Math.sqrt(variance(values)) || 1;
  const standardised = (raw: Float64Array) => raw.map((value) => (value - centre) / spread);
  const targets = standardised(values);
  const { metric, theta, points } = bestMetric(shares, targets);
  const process = diagnose({ points, targets }, theta);
  const calibration = Math.sqrt(mean(process.standardisedResiduals.map((residual) => residual ** 2)));
  return {
    id: 'gaussian_process',
    parameters: process.effectiveParameters,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
    predict: (at) => {
      const posterior = process.predict(pointIn(metric, at));
      const sd = spread * calibration * Math.sqrt(posterior.variance + process.noiseVariance);
      return { mean: centre + spread * posterior.mean, sd };
    },
    refit: (weights, other = values) => {
      const refitted = condition({ points, targets: standardised(other) }, theta, weights);
      return (at) => centre + spread * refitted.mean(pointIn(metric, at));
    },
  };
}

function bestMetric(shares: readonly Float64Array[], targets: Float64Array) {
  const search = (metric: Metric) => {
    const points = shares.map((row) => pointIn(metric, row));
    return { metric, points, found: searchHyperparameters({ points, targets }) };
  };
  const plain = search('shares');
  const rooted = search('root_shares');
  const { metric, points, found } = plain.found.value < rooted.found.value ? plain : rooted;
  return { metric, points, theta: polishHyperparameters({ points, targets }, found.point) };
}
