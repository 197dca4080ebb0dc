import { inverseOfTransposed } from '../numerics/cholesky.ts';
import { logGamma } from '../numerics/incomplete-beta.ts';
import type { Random } from '../numerics/random.ts';
import type { Conditioned } from './log-posterior.ts';

/**
 * Noise of runs as Student's t with four degrees of freedom: normal noise whose precision is drawn for each run from a gamma
 * distribution (Geweke 1993; four as in Lange, Little and Taylor 1989). The unit of variance stays that of the noise of a run,
 * so that a new run has the noise 1 under either.
 */
const DEGREES = 4;

/** Variance of that t in squares of its scale. */
const INFLATION = DEGREES / (DEGREES - 2);

/** Diagonal of the projection P = C⁻¹ - uuᵀ/S. */
function projected({ factor, ones, precision }: Conditioned): Float64Array {
  const { size } = factor;
  const columns = inverseOfTransposed(factor);
  return ones.map((one, row) => {
    let sum = 0;
    for (let at = row * (size + 1); at < (row + 1) * size; at++) sum += columns[at]! * columns[at]!;
    return sum - (one * one) / precision;
  });
}

const unitOf = ({ squares, residual }: Conditioned) => squares / (residual.length - 1);

/** ν + E(error² / scale²) of each run, given all outcomes: the rate of the gamma distribution of its precision, doubled. */
export function tailRates(at: Conditioned): Float64Array {
  const unit = unitOf(at);
  return projected(at).map((own, row) => {
    const noise = at.noise[row]!;
    const error = noise * at.residual[row]!;
    return DEGREES + INFLATION * ((error * error) / unit + noise - noise * noise * own);
  });
}

/** The noise of each run at the mean of its precision. */
export const expectedNoise = (rates: Float64Array): Float64Array =>
  rates.map((rate) => rate / (INFLATION * (DEGREES + 1)));

/** The noise of each run at a draw of its precision: the mean alone would make a surface look too certain. */
export const drawnNoise = (rates: Float64Array, generator: Random): Float64Array =>
  rates.map((rate) => {
    let chi = 0;
    for (let k = 0; k <= DEGREES; k++) chi += generator.normal() ** 2;
    return rate / (INFLATION * chi);
  });

function logDensity(error: number, square: number, degrees: number): number {
  const front =
    logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - Math.log(degrees * Math.PI * square) / 2;
  return front - ((degrees + 1) / 2) * Math.log(1 + (error * error) / (degrees * square));
}

/** Sum of the log densities of the runs, each predicted from all others, under noise that is normal or heavy-tailed. */
export function leftOutLogDensity(at: Conditioned, tails: 'normal' | 'heavy'): number {
  const unit = unitOf(at);
  const degrees = at.residual.length - 2;
  let sum = 0;
  for (const [row, own] of projected(at).entries()) {
    const error = at.residual[row]! / own;
    if (tails === 'heavy') {
      const square = unit * Math.max(0, 1 / own - at.noise[row]!) + unit / INFLATION;
      sum += logDensity(error, square, DEGREES);
    } else {
      const others = (at.squares - error * at.residual[row]!) / degrees;
      sum += logDensity(error, others / own, degrees);
    }
  }
  return sum;
}
