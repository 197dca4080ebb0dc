import { isWithin } from '../composition/composition.ts';
import type { Decomposition, EffectPart, NeededArm, ReceiverPart } from '../effect.ts';
import type { Warning } from '../experiment.ts';
import { mixtureInterval, mixtureMean } from '../statistics/mixture-of-t.ts';
import { combinationOf, pathIntegrals } from '../surfaces/path-of-swaps.ts';
import type { SlicePath } from '../surfaces/path-of-swaps.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import type { SwarmContrast } from '../swarm/swarm-contrast.ts';
import { outside } from './receivers.ts';
import { isSwapSupported } from './swap-support.ts';

/** A proportional effect of a surface that is to be split, and what its parts take over from it. */
export type SurfaceBundle = {
  readonly slice: string;
  readonly level: number;
  readonly bundle: EffectPart;
  readonly found: SwarmContrast;
  /** Runs that every mixture of the swarm has. */
  readonly runs: number;
  readonly evidence: readonly string[];
};

/** A slice that grows, with the change of all shares where it alone gives way to a unit share of the slice. */
type Receiver = {
  readonly receiver: string;
  /** Part of the freed tokens that it takes: x_r / (1 - x_s) in the mixture with more of the slice. */
  readonly weight: number;
  readonly direction: Float64Array;
  readonly isSupported: boolean;
};

/** Remainder, relative to the bundle, that is rounding of the integral over the path. */
const ROUNDING = 1e-6;

/**
 * Splits a proportional effect of a surface along its own path. With x_s the share of the slice, w_r the part of the freed
 * tokens that receiver r takes, and D_r the derivative of the outcome where r alone gives way: `own` of r is ∫ D_r Y dx_s,
 * `gaveWay` w_r times that, and `held` Σ w_q own(q) / (1 - w_r) over the receivers q other than r. The derivative along the
 * path is Σ w_r D_r, so all `gaveWay` sum to the bundle whatever the curvature, and the parts of two doses, one after the
 * other, add up to those of both. The remainder is what receivers without a supported swap contribute, and what the arms of
 * an ablation deviate from the rule. Intervals are those of the draws that give the effect's.
 */
export function decomposeSurface(surface: ResponseSurface, asked: SurfaceBundle): Decomposition {
  const { bundle, slice, evidence } = asked;
  const path = pathOf(asked.found);
  const receivers = receiversOf(surface, slice, path);
  const part = partsOf(surface, asked, path, receivers);
  const split = receivers.map((_, index) => receiverPart(part, receivers, index));
  const notSeparated = receivers.filter(({ isSupported }) => !isSupported);
  const rest = part(
    1,
    receivers.map(({ isSupported, weight }) => (isSupported ? -weight : 0)),
  );
  const isRounding =
    notSeparated.length === 0 && Math.abs(rest.estimate) <= ROUNDING * Math.abs(bundle.estimate);
  const needed = notSeparated.map((one) => neededRuns(surface, asked, path, one));
  return {
    bundle,
    receivers: split.map((one) => ({
      ...one,
      needed: needed.find(({ displacement }) => displacement === `swap:${one.receiver}`) ?? null,
    })),
    remainder: isRounding ? { ...rest, estimate: 0, interval: null } : rest,
    notSeparated: notSeparated.map(({ receiver }) => receiver),
    notIdentified: needed.length > 0 ? notSupported(asked, needed) : null,
    evidence,
  };
}

const pathOf = ({ contrast, more, less }: SwarmContrast): SlicePath => ({
  less: contrast.less,
  more: contrast.more,
  from: less.share,
  to: more.share,
});

function receiversOf({ observations }: ResponseSurface, slice: string, path: SlicePath): readonly Receiver[] {
  const { components, shares } = observations;
  const shareIn = (node: string) =>
    components.reduce((sum, leaf, at) => sum + (isWithin(leaf, node) ? path.more[at]! : 0), 0);
  const held = shareIn(slice);
  const mixed = outside(components, slice).filter((receiver) => shareIn(receiver) > 0);
  return mixed.map((receiver) => {
    const room = shareIn(receiver);
    const direction = path.more.map((share, at) => {
      const leaf = components[at]!;
      if (isWithin(leaf, slice)) return share / held;
      return isWithin(leaf, receiver) ? -share / room : 0;
    });
    const isSupported = isSwapSupported(shares, path, direction);
    return { receiver, weight: room / (1 - held), direction, isSupported };
  });
}

/** A part that is `ofBundle` times the bundle plus a multiple of each receiver's own part. */
type PartOf = (ofBundle: number, ofOwn: readonly number[]) => EffectPart;

/** The finite effect takes the place of its integral, from which it differs by rounding. */
function partsOf(
  surface: ResponseSurface,
  { bundle, level }: SurfaceBundle,
  path: SlicePath,
  receivers: readonly Receiver[],
): PartOf {
  const along = path.more.map((share, slice) => (share - path.less[slice]!) / (path.to - path.from));
  const integrals = pathIntegrals(surface, path, [along, ...receivers.map(({ direction }) => direction)]);
  const none = receivers.map(() => 0);
  const rounding = bundle.estimate - mixtureMean(combinationOf(integrals, [1, ...none]));
  return (ofBundle, ofOwn) => {
    const posterior = combinationOf(integrals, [ofBundle, ...ofOwn]);
    return {
      estimate: mixtureMean(posterior) + ofBundle * rounding,
      interval: mixtureInterval(posterior, level),
      identification: bundle.identification,
    };
  };
}

function receiverPart(
  part: PartOf,
  receivers: readonly Receiver[],
  index: number,
): Omit<ReceiverPart, 'needed'> {
  const { receiver, weight, isSupported } = receivers[index]!;
  const only = (factor: number) => receivers.map((_, at) => (at === index ? factor : 0));
  const others = receivers.map((one, at) => (at === index ? 0 : one.weight / (1 - weight)));
  const isHeld = receivers.length > 1 && receivers.every((one, at) => at === index || one.isSupported);
  const own = isSupported ? part(0, only(1)) : null;
  return {
    receiver,
    weight,
    arm: null,
    own,
    displaced: isSupported ? part(1, only(-1)) : null,
    gaveWay: own && timesWeight(own, weight),
    held: isHeld ? part(0, others) : null,
    moved: isHeld
      ? part(
          1,
          others.map((factor) => -factor),
        )
      : null,
    warnings: [],
  };
}

const timesWeight = ({ estimate, interval, identification }: EffectPart, weight: number): EffectPart => ({
  estimate: weight * estimate,
  interval: interval && { ...interval, low: weight * interval.low, high: weight * interval.high },
  identification,
});

/** The mixture in which the receiver alone gives way to the whole dose: with it in the hull the swap is supported. */
function neededRuns(
  { observations: { components } }: ResponseSurface,
  { runs }: SurfaceBundle,
  { more, from, to }: SlicePath,
  { receiver, direction }: Receiver,
): NeededArm {
  const shares = components.map((slice, at) => ({
    slice,
    share: Math.max(0, more[at]! - (to - from) * direction[at]!),
  }));
  return { displacement: `swap:${receiver}`, shares, runs: Math.max(1, runs), seeds: [] };
}

function notSupported({ slice, found }: SurfaceBundle, needed: readonly NeededArm[]): Warning {
  const [more, less] = [found.more, found.less].map(({ share }) => `${(100 * share).toFixed(1)} %`);
  const names = needed.map(({ displacement }) => displacement).join(', ');
  const text =
    `What ${slice} does in the place of single slices is not supported: the training mixtures hold nothing near the path ` +
    `from ${less} to ${more} in which they alone give way. Needs runs of the mixtures ${names}: each with ${less} ${slice}, ` +
    `the freed tokens in that slice alone and the rest as in ${found.more.mixture}.`;
  return { code: 'decomposition_not_identified', text };
}
