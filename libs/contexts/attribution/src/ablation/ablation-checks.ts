import { valueIn } from '@tributary/kernel';
import { hasControl, SHARE_TOLERANCE } from './arm-pair.ts';
import type { ArmPair } from './arm-pair.ts';
import { isWithin } from '../composition/composition.ts';
import type { Displacement } from '../composition/displacement.ts';
import { armsOf, lostRuns, unexposedRuns } from '../experiment.ts';
import type { Experiment, Warning } from '../experiment.ts';

/** Relative difference up to which two budgets count as equal. */
const BUDGET_TOLERANCE = 0.005;

const points = (share: number) => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} points`;

function budgetWarnings({ more, less }: ArmPair, { rule }: Displacement): Warning[] {
  const gap = Math.abs(more.total - less.total) / less.total;
  if (rule === 'added_budget' || gap <= BUDGET_TOLERANCE) return [];
  return [{ code: 'budget_differs', text: `The arms' budgets differ by ${(100 * gap).toFixed(2)} %.` }];
}

function configurationWarnings({ more, less }: ArmPair): Warning[] {
  const digests = new Set([...more.runs, ...less.runs].map((run) => run.configDigest));
  if (digests.size <= 1) return [];
  return [
    {
      code: 'configuration_differs',
      text: 'The runs differ in more of their configuration than the mixture.',
    },
  ];
}

function retainedWarnings({ more, less }: ArmPair, slice: string, { rule }: Displacement): Warning[] {
  if (rule !== 'proportional') return [];
  const moved = Object.keys(more.shares)
    .filter((leaf) => !isWithin(leaf, slice))
    .map((leaf) => ({ leaf, gap: (valueIn(less.shares, leaf) ?? 0) - more.shares[leaf]! }))
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

function failedRunWarnings(experiment: Experiment, { more, less }: ArmPair): Warning[] {
  const lost = lostRuns(experiment, [more.arm.arm, less.arm.arm]);
  if (lost.length === 0) return [];
  const ids = lost.map((run) => run.runId).toSorted();
  return [
    { code: 'failed_runs', text: `${lost.length} runs ended early and are left out: ${ids.join(', ')}.` },
  ];
}

function missingShareWarnings(experiment: Experiment, { more, less }: ArmPair): Warning[] {
  const silent = unexposedRuns(experiment, [more.arm.arm, less.arm.arm]);
  if (silent.length === 0) return [];
  return [{ code: 'shares_missing', text: `${silent.length} runs recorded no exposure and are left out.` }];
}

function methodWarnings({ more, less }: ArmPair): Warning[] {
  const methods = [...new Set([...more.runs, ...less.runs].map((run) => run.method))].toSorted();
  if (methods.every((method) => method === 'measured')) return [];
  return [{ code: 'shares_not_measured', text: `Shares were determined by: ${methods.join(', ')}.` }];
}

/** Warnings about the contrast, in a fixed order. */
export function ablationWarnings(
  experiment: Experiment,
  pair: ArmPair,
  slice: string,
  displacement: Displacement,
): Warning[] {
  return [
    ...budgetWarnings(pair, displacement),
    ...configurationWarnings(pair),
    ...retainedWarnings(pair, slice, displacement),
    ...sharedControlWarnings(experiment, pair),
    ...failedRunWarnings(experiment, pair),
    ...missingShareWarnings(experiment, pair),
    ...methodWarnings(pair),
  ];
}

/** Warnings with which the arms differ in more than one factor, so that the effect is an association only. */
export const breaksControl = ({ code }: Warning) =>
  code === 'budget_differs' || code === 'configuration_differs';
