import { inverseOfTransposed } from '../numerics/cholesky.ts';
import type { LogShareProcess } from './log-share-process.ts';
import type { Conditioned } from './log-posterior.ts';
import type { ResponseSurface } from './response-surface.ts';

/** One draw of the hyperparameters, conditioned on the runs. Matrices are flat and row-major. */
export type PortableDraw = LogShareProcess['form'] &
  Pick<LogShareProcess, 'scaled' | 'trend' | 'variance'> &
  Pick<Conditioned, 'ones' | 'precision' | 'mean' | 'residual' | 'squares'> & {
    /** Runs times runs: the inverse of Lᵀ, where L Lᵀ is the covariance of the runs. */
    readonly whitening: Float64Array;
  };

/** A fitted surface as plain numbers: all that `newRunOf` and `newRunInterval` compute from, for programs that do not have it. */
export type PortableSurface = {
  readonly components: readonly string[];
  readonly runs: number;
  readonly centre: number;
  readonly degreesOfFreedom: number;
  /** Standard deviations that an interval reaches from its mean; where undefined it has the quantiles of the mixture. */
  readonly reach: number | undefined;
  readonly draws: readonly PortableDraw[];
  /** The distinct mixtures of the runs. */
  readonly corners: readonly Float64Array[];
};

export function portableSurface(
  { observations, draws, centre }: ResponseSurface,
  reach: number | undefined,
): PortableSurface {
  const { components, mixtures, shares } = observations;
  return {
    components,
    runs: mixtures.length,
    centre,
    degreesOfFreedom: mixtures.length - 1,
    reach,
    draws: draws.map(portableDraw),
    corners: [...new Map(shares.map((row) => [row.join(' '), row])).values()],
  };
}

function portableDraw({
  process,
  factor,
  ones,
  precision,
  mean,
  residual,
  squares,
}: Conditioned): PortableDraw {
  const { form, scaled, trend, variance } = process;
  const whitening = inverseOfTransposed(factor);
  return { ...form, scaled, trend, variance, ones, precision, mean, residual, squares, whitening };
}
