import { mean } from '../numerics/moments.ts';
import { normalCdf } from '../numerics/normal-cdf.ts';
import { requireFinite } from '../numerics/require-finite.ts';

/**
 * Draws of a test that has yet to be made: draw i finds an effect, with its sign, where the effect and a normal error of
 * standard deviation `errors[i]` exceed `critical[i]`, in the unit of the outcome.
 */
export type Detection = { readonly critical: Float64Array; readonly errors: Float64Array };

/** Probability, over the draws and their errors, that an effect of this size is found with its sign. */
export function powerOf({ critical, errors }: Detection, effect: number): number {
  let sum = 0;
  for (let draw = 0; draw < critical.length; draw++) {
    sum += normalCdf((effect - critical[draw]!) / errors[draw]!);
  }
  return sum / critical.length;
}

/** Density of that probability by the effect. */
function slopeOf({ critical, errors }: Detection, effect: number): number {
  let sum = 0;
  for (let draw = 0; draw < critical.length; draw++) {
    const z = (effect - critical[draw]!) / errors[draw]!;
    sum += Math.exp(-0.5 * z * z) / errors[draw]!;
  }
  return sum / (critical.length * Math.sqrt(2 * Math.PI));
}

const STEPS = 60;
const PRECISION = 1e-10;

/** Smallest effect that is found with this power, by Newton's method inside a shrinking bracket. */
export function detectableEffect(detection: Detection, power: number): number {
  requireFinite('a detectable effect', [power]);
  requireFinite('a detectable effect', detection.critical);
  requireFinite('a detectable effect', detection.errors);
  let [low, high] = [0, 0];
  for (const [draw, critical] of detection.critical.entries()) {
    high = Math.max(high, critical + 10 * detection.errors[draw]!);
  }
  let at = mean(detection.critical) + mean(detection.errors);
  for (let step = 0; step < STEPS && high - low > PRECISION * high; step++) {
    const gap = powerOf(detection, at) - power;
    if (gap > 0) high = at;
    else low = at;
    const next = at - gap / slopeOf(detection, at);
    if (Math.abs(next - at) < PRECISION * at) return next;
    at = next > low && next < high ? next : (low + high) / 2;
  }
  return at;
}
