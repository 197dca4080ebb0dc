import { permutation } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { mixtureInterval, mixtureMean, mixtureP, standardDeviation } from '../statistics/mixture-of-t.ts';
import type { MixtureOfT } from '../statistics/mixture-of-t.ts';
import type { Interval } from '../statistics/welch.ts';
import { differenceOf } from './response-surface.ts';
import type { ResponseSurface } from './response-surface.ts';
import { clusters } from './surface.ts';
import type { Observations } from './surface.ts';

/** Two mixtures that are compared, and the direction in which `more` gains a unit share of the slice. */
export type Contrast = {
  readonly more: Float64Array;
  readonly less: Float64Array;
  readonly direction: Float64Array;
};

export type Estimated = {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly pValue: number;
};

/** Step of the numerical derivative, in shares. */
const STEP = 0.01;

const summary = (mixture: MixtureOfT, level: number): Estimated => ({
  value: mixtureMean(mixture),
  standardError: standardDeviation(mixture),
  interval: mixtureInterval(mixture, level),
  pValue: mixtureP(mixture),
});

/** Y(more) - Y(less) on the surface, in the unit of the outcome. */
export const finiteEffect = (surface: ResponseSurface, { more, less }: Contrast, level: number): Estimated =>
  summary(differenceOf(surface, more, less), level);

/** Derivative per unit share of the slice at `more`; its sign may differ from that of the finite effect. */
export function slopeEffect(
  surface: ResponseSurface,
  { more, direction }: Contrast,
  level: number,
): Estimated {
  const moved = (length: number) => more.map((share, index) => share + length * direction[index]!);
  const back = moved(-STEP).some((share) => share < 0) ? 0 : STEP;
  return summary(differenceOf(surface, moved(STEP), moved(-back), 1 / (STEP + back)), level);
}

/** Outcomes permuted among the mixtures, the runs of one mixture together: no effect of mixtures remains. */
export function shuffledOutcomes(observations: Observations, generator: Random): Float64Array {
  const { names, of } = clusters(observations);
  const rowsOf = names.map((_, cluster) => [...of.keys()].filter((row) => of[row] === cluster));
  const shuffled = observations.values.slice();
  for (const [cluster, source] of permutation(names.length, generator).entries()) {
    const from = rowsOf[source]!;
    for (const [rank, row] of rowsOf[cluster]!.entries()) {
      shuffled[row] = observations.values[from[rank % from.length]!]!;
    }
  }
  return shuffled;
}
