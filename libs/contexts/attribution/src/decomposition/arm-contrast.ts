import type { RealisedArm } from '../ablation/arm-pair.ts';
import { seedOutcomes, valuesOf } from '../ablation/seed-outcomes.ts';
import { mean, variance } from '../numerics/moments.ts';
import { anytimeComparison, levelOfLooks } from '../statistics/anytime.ts';
import { pooledNoise, studentComparison } from '../statistics/welch.ts';
import type { Estimate, Interval } from '../statistics/welch.ts';

/** Coefficient of each arm in a linear contrast of the arms' mean outcomes. */
export type Coefficients = ReadonlyMap<RealisedArm, number>;

export type ContrastOptions = {
  readonly level: number;
  /** Whether seeds that all arms of a contrast share make blocks. */
  readonly paired: boolean;
  /** All arms of the ablation: an arm with one run borrows the noise of the others. */
  readonly arms: readonly RealisedArm[];
  /** Whether outcomes are still to come, so that intervals must hold at every look. */
  readonly isPeek: boolean;
};

export type ArmContrast = { readonly estimate: number; readonly interval: Interval | null };

/** Spread relative to the outcomes that is rounding and would give an interval without width. */
const NO_SPREAD = 1e-9;

/** Coefficient that is rounding: the arm cancels. */
const CANCELS = 1e-12;

/** Adds contrasts with a factor for each; arms that cancel are left out. */
export function combined(
  terms: readonly (readonly [factor: number, contrast: Coefficients])[],
): Coefficients {
  const sum = new Map<RealisedArm, number>();
  for (const [factor, contrast] of terms) {
    for (const [arm, coefficient] of contrast) sum.set(arm, (sum.get(arm) ?? 0) + factor * coefficient);
  }
  return new Map([...sum].filter(([, coefficient]) => Math.abs(coefficient) > CANCELS));
}

/**
 * A linear contrast Σ c_a mean(Y_a) of the arms, in the unit of the score. An arm enters once with its whole coefficient, so
 * the covariance of differences that share an arm is kept, and an arm that cancels adds no error. Runs of
 * one seed count as one. Where all arms ran the same three or more seeds, the interval is by a t over the contrasts of single seeds (a design in blocks); else
 * by the variances of the arms with Satterthwaite's degrees of freedom (1946), or by the noise pooled over all arms where an
 * arm has one run. No interval where nothing varies.
 */
export function armContrast(coefficients: Coefficients, options: ContrastOptions): ArmContrast {
  const terms = [...coefficients];
  const estimate = terms.reduce((sum, [arm, factor]) => sum + factor * mean(valuesOf(arm)), 0);
  const scale = terms.reduce(
    (most, [arm, factor]) => Math.max(most, Math.abs(factor * mean(valuesOf(arm)))),
    0,
  );
  const [error, method] = errorOf(terms, estimate, options);
  if (!error || error.standardError <= NO_SPREAD * scale) return { estimate, interval: null };
  if (!options.isPeek)
    return { estimate, interval: studentComparison(error, options.level, method).interval };
  const observed = { estimate: error, observations: observationsOf(terms, method) };
  return { estimate, interval: anytimeComparison(observed, levelOfLooks(options.level)).interval };
}

/** Seeds of blocks, else n m / (n + m) for two arms and the same for a contrast of several, whatever its scale. */
function observationsOf(terms: Terms, method: string): number {
  if (method === 'paired_t') return valuesOf(terms[0]![0]).length;
  const size = terms.reduce((sum, [, factor]) => sum + Math.abs(factor), 0) / 2;
  const weight = terms.reduce((sum, [arm, factor]) => sum + factor ** 2 / valuesOf(arm).length, 0);
  return size ** 2 / weight;
}

type Terms = readonly (readonly [arm: RealisedArm, factor: number])[];

function errorOf(
  terms: Terms,
  effect: number,
  { paired, arms }: ContrastOptions,
): [Estimate | undefined, string] {
  if (terms.length === 0) return [undefined, 'none'];
  const blocks = paired ? blockValues(terms) : undefined;
  if (blocks) {
    const standardError = Math.sqrt(variance(blocks) / blocks.length);
    return [{ effect, standardError, degreesOfFreedom: blocks.length - 1 }, 'paired_t'];
  }
  if (terms.every(([arm]) => valuesOf(arm).length > 1)) return [unequalVariances(terms, effect), 'welch'];
  return [borrowed(terms, effect, arms), 'borrowed_noise_t'];
}

/** The contrast of each seed, where all arms ran the same three or more seeds. */
function blockValues(terms: Terms): number[] | undefined {
  const tables = terms.map(
    ([{ runs }]) =>
      new Map(seedOutcomes(runs).flatMap(({ seed, value }) => (seed === undefined ? [] : [[seed, value]]))),
  );
  const seeds = [...(tables[0]?.keys() ?? [])];
  const isBlocked = terms.every(
    ([arm], index) =>
      valuesOf(arm).length === seeds.length && seeds.every((seed) => tables[index]!.has(seed)),
  );
  if (seeds.length < 3 || !isBlocked) return undefined;
  return seeds.map((seed) =>
    terms.reduce((sum, [, factor], index) => sum + factor * tables[index]!.get(seed)!, 0),
  );
}

function unequalVariances(terms: Terms, effect: number): Estimate {
  const parts = terms.map(([arm, factor]) => {
    const values = valuesOf(arm);
    return { variance: (factor ** 2 * variance(values)) / values.length, freedom: values.length - 1 };
  });
  const total = parts.reduce((sum, part) => sum + part.variance, 0);
  const spread = parts.reduce((sum, part) => sum + part.variance ** 2 / part.freedom, 0);
  const degreesOfFreedom = spread === 0 ? 1 : total ** 2 / spread;
  return { effect, standardError: Math.sqrt(total), degreesOfFreedom };
}

function borrowed(terms: Terms, effect: number, arms: readonly RealisedArm[]): Estimate | undefined {
  const noise = pooledNoise(arms.map(valuesOf));
  if (!noise) return undefined;
  const weight = terms.reduce((sum, [arm, factor]) => sum + factor ** 2 / valuesOf(arm).length, 0);
  const { degreesOfFreedom } = noise;
  return { effect, standardError: Math.sqrt(noise.variance * weight), degreesOfFreedom };
}
