import type { NegativeControl } from '../effect.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import type { Random } from '../numerics/random.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import type { Contrast, Estimated } from '../surfaces/surface-effect.ts';

const UNPLANTED = { attainableLevel: null, planted: null, found: null };

/** Largest number of runs for which the surface is fitted anew: the control must not cost more than the answer. */
const REFITTED = 100;

/** Sizes that are planted in turn until one is found, in minimum detectable effects. */
const SIZES = [1, 2, 4];

/** A signal that is linear in the shares and has the size `planted` between the two mixtures. */
function signalOf(
  { observations }: ResponseSurface,
  { more, less }: Contrast,
  planted: number,
): Float64Array {
  const along = more.map((share, slice) => share - less[slice]!);
  const length = dotProduct(along, along);
  return Float64Array.from(observations.shares, (shares) => {
    const moved = shares.map((share, slice) => share - less[slice]!);
    return (planted * dotProduct(along, moved)) / length;
  });
}

/**
 * Positive control: a signal whose effect between the two mixtures is the minimum detectable one is added to the recorded
 * outcomes, and the surface is fitted anew. Its interval, less the effect as recorded, must exclude zero. A surface that
 * took the outcomes for noise smooths a weak signal away; the text then says which size it does find.
 */
export function plantedSwarmEffect(
  surface: ResponseSurface,
  contrast: Contrast,
  { value, interval, standardError }: Estimated,
  generator: Random,
): NegativeControl {
  const [name, planted] = ['planted_effect', detectable(standardError)];
  const { observations } = surface;
  if (observations.values.length > REFITTED) {
    const text = `The surface of more than ${REFITTED} runs is not fitted again for this control.`;
    return { name, outcome: 'not_run', trials: 0, falsePositives: 0, ...UNPLANTED, text };
  }
  const isFound = (size: number): boolean => {
    const signal = signalOf(surface, contrast, size * planted);
    const outcomes = observations.values.map((outcome, run) => outcome + signal[run]!);
    const fitted = fitSurface(observations, generator, outcomes);
    return fitted !== undefined && finiteEffect(fitted, contrast, interval.level).interval.low > value;
  };
  const found = SIZES.find(isFound);
  const isSmall = found === SIZES[0];
  const larger = found
    ? `one of ${(found * planted).toPrecision(3)} is found`
    : 'so are larger ones, up to four times it';
  const text =
    `An effect of ${planted.toPrecision(3)}, the minimum detectable one, planted in the outcomes of all runs is ` +
    `${isSmall ? 'found' : `missed; ${larger}`}.`;
  const outcome = isSmall ? 'passed' : 'failed';
  return {
    name,
    outcome,
    trials: 1,
    falsePositives: 0,
    attainableLevel: null,
    planted,
    found: Number(isSmall),
    text,
  };
}
