import { valueIn } from '@tributary/kernel';
import { hasControl, SHARE_TOLERANCE } from './arm-pair.ts';
import type { ArmPair } from './arm-pair.ts';
import { isWithin } from '../composition/composition.ts';
import type { Displacement } from '../composition/displacement.ts';
import { armsOf } from '../experiment.ts';
import type { Experiment, Warning } from '../experiment.ts';

const points = (share: number) => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} points`;

function retainedWarnings({ more, less }: ArmPair, slice: string, { rule }: Displacement): Warning[] {
  if (rule !== 'proportional') return [];
  const moved = Object.keys(more.shares)
    .filter((leaf) => !isWithin(leaf, slice))
    .map((leaf) => ({ leaf, gap: (valueIn(less.shares, leaf) ?? 0) - valueIn(more.shares, leaf)! }))
    .filter(({ gap }) => Math.abs(gap) > SHARE_TOLERANCE)
    .toSorted((left, right) => Math.abs(right.gap) - Math.abs(left.gap));
  if (moved.length === 0) return [];
  const changes = moved.map(({ leaf, gap }) => `${leaf} ${points(gap)}`).join(', ');
  const text = `Proportional re-fill retains the other slices but does not hold them constant: ${changes}.`;
  return [{ code: 'retained_not_constant', text }];
}

function sharedControlWarnings(experiment: Experiment, pair: ArmPair): Warning[] {
  const others = armsOf(experiment, 'controlled_ablation').filter((arm) => !arm.control);
  if (!hasControl(pair) || others.length < 2) return [];
  const text = `${others.length} contrasts share one control arm: their errors are correlated.`;
  return [{ code: 'shared_control', text }];
}

/** Warnings about the contrast that do not concern the control of other factors, in a fixed order. */
export const ablationWarnings = (
  experiment: Experiment,
  pair: ArmPair,
  slice: string,
  displacement: Displacement,
): Warning[] => [...retainedWarnings(pair, slice, displacement), ...sharedControlWarnings(experiment, pair)];
