import { dotProduct, leastSquares, leverage } from '../numerics/least-squares.ts';
import type { FittedForm, FormId, Observations } from './surface.ts';

/** Canonical polynomials of Scheffé (1958): shares sum to one, so there is no intercept. */
export type ScheffeOrder = 'linear' | 'quadratic';

const FORM: Record<ScheffeOrder, FormId> = { linear: 'scheffe_linear', quadratic: 'scheffe_quadratic' };

/** Terms of a mixture: its shares, then for `quadratic` the products of pairs (0,1), (0,2), ..., (1,2), ... */
export function scheffeTerms(shares: Float64Array, order: ScheffeOrder): Float64Array {
  if (order === 'linear') return shares;
  const count = shares.length;
  const terms = new Float64Array(count + (count * (count - 1)) / 2);
  terms.set(shares);
  let at = count;
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) terms[at++] = shares[a]! * shares[b]!;
  return terms;
}

export function pairNames(components: readonly string[]): (readonly [string, string])[] {
  return components.flatMap((first, index) =>
    components.slice(index + 1).map((second) => [first, second] as const),
  );
}

/** Fits the polynomial by least squares; undefined with fewer distinct mixtures than terms plus two. */
export function fitScheffe(observations: Observations, order: ScheffeOrder): FittedForm | undefined {
  const { shares, values, mixtures } = observations;
  const design = shares.map((row) => scheffeTerms(row, order));
  const terms = design[0]?.length ?? 0;
  if (new Set(mixtures).size < terms + 2) return undefined;
  const fit = leastSquares(design, values);
  const squares = design.reduce(
    (sum, row, i) => sum + (values[i]! - dotProduct(row, fit.coefficients)) ** 2,
    0,
  );
  const degreesOfFreedom = values.length - terms;
  const noise = squares / degreesOfFreedom;
  return {
    id: FORM[order],
    parameters: terms,
    degreesOfFreedom,
    predict: (point) => {
      const row = scheffeTerms(point, order);
      return {
        mean: dotProduct(row, fit.coefficients),
        sd: Math.sqrt(noise * (1 + leverage(fit.factor, row))),
      };
    },
    refit: (weights, other = values) => {
      const { coefficients } = leastSquares(design, other, weights);
      return (point) => dotProduct(scheffeTerms(point, order), coefficients);
    },
  };
}
