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

function mixturesOf(experiment: Experiment, observations: Observations, question: ContrastQuestion) {
  if (question.pair) {
    const named = ({ arm, shares }: ArmPair['more']) => ({ name: arm.arm, shares });
    return { more: named(question.pair.more), less: named(question.pair.less) };
  }
  const more = reference(experiment, observations, question);
  const without = displace(more.shares, question.slice, question.rule);
  return without && { more, less: { name: `${more.name} without ${question.slice}`, shares: without } };
}

/** Undefined where no slice can take the freed share. */
export function swarmContrast(
  experiment: Experiment,
  observations: Observations,
  question: ContrastQuestion,
): SwarmContrast | undefined {
  const mixtures = mixturesOf(experiment, observations, question);
  const along = mixtures && direction(mixtures.more.shares, question.slice, question.rule);
  if (!along) return undefined;
  const { components } = observations;
  const closed = (composition: Composition) => sharesIn(components, close(composition));
  const [more, less] = [closed(mixtures.more.shares), closed(mixtures.less.shares)];
  const dose = ({ name, shares }: Reference) => ({ mixture: name, share: shareOf(shares, question.slice) });
  return {
    more: dose(mixtures.more),
    less: dose(mixtures.less),
    contrast: { more, less, direction: sharesIn(components, along) },
    hullDistance: Math.max(hullDistance(observations.shares, more), hullDistance(observations.shares, less)),
  };
}
