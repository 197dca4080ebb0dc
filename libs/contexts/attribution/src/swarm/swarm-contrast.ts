import { close, meanComposition, shareOf, sharesIn } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { direction, displace } from '../composition/displacement.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import type { Dose } from '../effect.ts';
import { scoredRuns } from '../experiment.ts';
import type { Experiment } from '../experiment.ts';
import { hullDistance } from '../composition/hull.ts';
import type { Observations } from '../surfaces/surface.ts';
import type { Contrast } from '../surfaces/surface-effect.ts';
import { differenceOf } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { standardDeviation } from '../statistics/mixture-of-t.ts';
import type { ArmPair } from '../ablation/arm-pair.ts';
import { HULL_TOLERANCE } from './swarm-checks.ts';

/** The two mixtures that are compared, and the larger of their distances to the hull of the training mixtures. */
export type SwarmContrast = {
  readonly more: Dose;
  readonly less: Dose;
  readonly contrast: Contrast;
  readonly hullDistance: number;
  /** Whether this is a smaller reduction than the one asked for. */
  readonly isPartial: boolean;
};

export type ContrastQuestion = {
  readonly slice: string;
  readonly capability: string;
  readonly rule: FixedBudgetRule;
  /** Arms of an ablation of the same question; the surface then compares the same two mixtures. */
  readonly pair?: ArmPair | undefined;
};

type Reference = { readonly name: string; readonly shares: Composition };

function centroid({ components, shares }: Observations): Composition {
  const rows = shares.map((row) => Object.fromEntries(components.map((leaf, index) => [leaf, row[index]!])));
  return meanComposition(rows);
}

/** Realised mixture of the first control arm that holds the slice, else the mean of the training mixtures. */
function reference(
  experiment: Experiment,
  observations: Observations,
  { slice, capability }: ContrastQuestion,
): Reference {
  const controls = experiment.arms
    .filter((arm) => arm.control)
    .toSorted((a, b) => Number(a.arm > b.arm) - Number(a.arm < b.arm));
  for (const arm of controls) {
    const runs = scoredRuns(experiment, arm, capability);
    if (runs.length === 0) continue;
    const shares = meanComposition(runs.map((run) => run.shares));
    if (shareOf(shares, slice) > 0) return { name: arm.arm, shares };
  }
  return { name: 'mean of the training mixtures', shares: centroid(observations) };
}

export type Mixtures = { readonly more: Reference; readonly less: Reference };

/**
 * The two mixtures of a question: those of the ablation where there is one, else the reference and the same without the slice,
 * whether or not the training mixtures support them.
 */
export function mixturesOf(
  experiment: Experiment,
  observations: Observations,
  question: ContrastQuestion,
): Mixtures | undefined {
  if (question.pair) {
    const named = ({ arm, shares }: ArmPair['more']) => ({ name: arm.arm, shares });
    return { more: named(question.pair.more), less: named(question.pair.less) };
  }
  const more = reference(experiment, observations, question);
  const without = displace(more.shares, question.slice, question.rule);
  return without && { more, less: { name: `${more.name} without ${question.slice}`, shares: without } };
}

/** Distance in shares outside the hull of the training mixtures beyond which no effect is estimated. */
export const HULL_REACH = 0.02;

/** Largest width of an interval outside the hull, relative to that of the largest reduction inside it. */
const WIDTH_REACH = 1.5;

/** Smallest reduction, relative to the one asked for, for which an effect is estimated. */
const LEAST_DOSE = 0.1;
const HALVINGS = 12;

/**
 * An effect is identified only where runs exist near both mixtures (positivity): outside the hull of the training
 * mixtures the answer is the largest reduction inside it, unless the contrast is within `HULL_REACH` and hardly less
 * certain than that reduction. Undefined where no other slice can receive the freed share.
 */
export function supportedContrast(
  surface: ResponseSurface,
  question: Pick<ContrastQuestion, 'slice' | 'rule'>,
  mixtures: Mixtures,
): SwarmContrast | undefined {
  const { observations } = surface;
  const asked = contrastOf(observations, question, mixtures);
  if (!asked || asked.hullDistance <= HULL_TOLERANCE) return asked;
  const reduced = insideHull(observations, question, mixtures);
  const partial = reduced && contrastOf(observations, question, reduced);
  if (!partial) return asked;
  return isSupported(surface, asked, partial) ? asked : { ...partial, isPartial: true };
}

function isSupported(surface: ResponseSurface, asked: SwarmContrast, partial: SwarmContrast): boolean {
  if (asked.hullDistance > HULL_REACH) return false;
  const [whole, part] = [asked, partial].map(({ contrast }) =>
    standardDeviation(differenceOf(surface, contrast.more, contrast.less)),
  );
  return whole! <= WIDTH_REACH * part!;
}

function contrastOf(
  observations: Observations,
  question: Pick<ContrastQuestion, 'slice' | 'rule'>,
  { more, less }: Mixtures,
): SwarmContrast | undefined {
  const along = direction(more.shares, question.slice, question.rule);
  if (!along) return undefined;
  const { components, shares } = observations;
  const [from, to] = [more, less].map((side) => sharesIn(components, close(side.shares)));
  const dose = (side: Reference) => ({ mixture: side.name, share: shareOf(side.shares, question.slice) });
  return {
    more: dose(more),
    less: dose(less),
    contrast: { more: from!, less: to!, direction: sharesIn(components, along) },
    hullDistance: Math.max(hullDistance(shares, from!), hullDistance(shares, to!)),
    isPartial: false,
  };
}

/** The largest reduction of the slice that stays inside the hull of the training mixtures, by bisection. */
function insideHull(
  observations: Observations,
  question: Pick<ContrastQuestion, 'slice' | 'rule'>,
  { more, less }: Mixtures,
): Mixtures | undefined {
  const [wanted, held] = [less, more].map(({ shares }) => shareOf(shares, question.slice));
  const keeping = (kept: number) => displace(more.shares, question.slice, question.rule, kept);
  const isInside = (kept: number) => {
    const shares = keeping(kept);
    const point = shares && sharesIn(observations.components, close(shares));
    return point !== undefined && hullDistance(observations.shares, point) <= HULL_TOLERANCE;
  };
  let [outside, inside] = [wanted!, held!];
  if (!isInside(inside)) return undefined;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (outside + inside) / 2;
    if (isInside(middle)) inside = middle;
    else outside = middle;
  }
  const shares = keeping(inside);
  if (!shares || held! - inside < LEAST_DOSE * (held! - wanted!)) return undefined;
  const name = `${more.name} with ${(100 * inside).toFixed(1)} % ${question.slice}`;
  return { more, less: { name, shares } };
}
