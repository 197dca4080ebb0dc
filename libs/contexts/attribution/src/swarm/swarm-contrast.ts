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
import type { ArmPair } from '../ablation/arm-pair.ts';
import { HULL_TOLERANCE } from './swarm-checks.ts';

/** Which two mixtures a surface is asked about, and how far the further one is from the training mixtures. */
export type SwarmContrast = {
  readonly more: Dose;
  readonly less: Dose;
  readonly contrast: Contrast;
  readonly hullDistance: number;
};

export type ContrastQuestion = {
  readonly slice: string;
  readonly capability: string;
  readonly rule: FixedBudgetRule;
  /** Where an ablation answers the same question, the surface is asked about the same two mixtures. */
  readonly pair?: ArmPair | undefined;
};

type Reference = { readonly name: string; readonly shares: Composition };

function centroid({ components, shares }: Observations): Composition {
  const rows = shares.map((row) => Object.fromEntries(components.map((leaf, index) => [leaf, row[index]!])));
  return meanComposition(rows);
}

/** The control's realised mixture, or the mean of the training mixtures where no control holds the slice. */
function reference(
  experiment: Experiment,
  observations: Observations,
  { slice, capability }: ContrastQuestion,
): Reference {
  const controls = experiment.arms
    .filter((arm) => arm.control)
    .toSorted((a, b) => Number(a.arm > b.arm) - Number(a.arm < b.arm));
  for (const { arm } of controls) {
    const runs = scoredRuns(experiment, arm, capability);
    if (runs.length === 0) continue;
    const shares = meanComposition(runs.map((run) => run.shares));
    if (shareOf(shares, slice) > 0) return { name: arm, shares };
  }
  return { name: 'mean of the training mixtures', shares: centroid(observations) };
}

type Mixtures = { readonly more: Reference; readonly less: Reference };

function mixturesOf(experiment: Experiment, observations: Observations, question: ContrastQuestion) {
  if (question.pair) {
    const named = ({ arm, shares }: ArmPair['more']) => ({ name: arm.arm, shares });
    return { more: named(question.pair.more), less: named(question.pair.less) };
  }
  const more = reference(experiment, observations, question);
  const without = displace(more.shares, question.slice, question.rule);
  return without && { more, less: { name: `${more.name} without ${question.slice}`, shares: without } };
}

/** In shares: a contrast further outside the hull of the training mixtures than this is out of reach. */
export const HULL_REACH = 0.1;

/** Undefined where no slice can take the freed share. */
export function swarmContrast(
  experiment: Experiment,
  observations: Observations,
  question: ContrastQuestion,
): SwarmContrast | undefined {
  const mixtures = mixturesOf(experiment, observations, question);
  if (!mixtures) return undefined;
  const asked = contrastOf(observations, question, mixtures);
  if (!asked || question.pair || asked.hullDistance <= HULL_REACH) return asked;
  const supported = supportedDose(observations, question, mixtures.more);
  return (supported && contrastOf(observations, question, supported)) ?? asked;
}

function contrastOf(observations: Observations, question: ContrastQuestion, { more, less }: Mixtures) {
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
  };
}

/** Less of the change than this isn't worth an answer. */
const LEAST_DOSE = 0.1;
const HALVINGS = 12;

/**
 * Where the swarm holds no mixture near the one without the slice, the largest reduction that stays among the training
 * mixtures: an effect is identified only where runs exist on both of its sides.
 */
function supportedDose(
  observations: Observations,
  question: ContrastQuestion,
  more: Reference,
): Mixtures | undefined {
  const held = shareOf(more.shares, question.slice);
  const keeping = (kept: number) => displace(more.shares, question.slice, question.rule, kept);
  const isInside = (kept: number) => {
    const shares = keeping(kept);
    const point = shares && sharesIn(observations.components, close(shares));
    return point !== undefined && hullDistance(observations.shares, point) <= HULL_TOLERANCE;
  };
  let [outside, inside] = [0, held];
  if (!isInside(inside)) return undefined;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (outside + inside) / 2;
    if (isInside(middle)) inside = middle;
    else outside = middle;
  }
  const shares = keeping(inside);
  if (!shares || inside > (1 - LEAST_DOSE) * held) return undefined;
  const name = `${more.name} with ${(100 * inside).toFixed(1)} % ${question.slice}`;
  return { more, less: { name, shares } };
}
