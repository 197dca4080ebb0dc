import type { RowOf } from '@tributary/kernel';
import type { lossSpikes } from './spike-queries.ts';

type UnusualStep = RowOf<typeof lossSpikes>;

/** Neighbouring steps of unusual loss. */
export type LossSpike = {
  readonly firstStep: number;
  readonly lastStep: number;
  /** Number of steps of unusual loss in it. */
  readonly steps: number;
  /** The step of the highest loss; one whose loss is not finite is higher than any other. */
  readonly peakStep: number;
  /** Loss of that step; null where it is not finite. */
  readonly loss: number | null;
  /** Median loss of the steps before; null where the loss is not finite. */
  readonly usual: number | null;
  /** Loss less usual loss, in spreads of the steps before; null where the loss is not finite. */
  readonly spreads: number | null;
};

/** Unusual steps that so many usual ones separate are of two spikes. */
const APART = 16;

/** Unusual steps, in their order, as spikes. */
export function spikesOf(steps: readonly UnusualStep[]): LossSpike[] {
  const spikes: LossSpike[] = [];
  for (const unusual of steps) {
    const last = spikes.at(-1);
    if (last && unusual.step - last.lastStep <= APART) spikes[spikes.length - 1] = extended(last, unusual);
    else spikes.push(begun(unusual));
  }
  return spikes;
}

const begun = ({ step, ...peak }: UnusualStep): LossSpike => ({
  firstStep: step,
  lastStep: step,
  steps: 1,
  peakStep: step,
  ...peak,
});

function extended(spike: LossSpike, { step, ...peak }: UnusualStep): LossSpike {
  const longer = { ...spike, lastStep: step, steps: spike.steps + 1 };
  return heightOf(peak) > heightOf(spike) ? { ...longer, peakStep: step, ...peak } : longer;
}

/** The largest spikes first; those that are not finite before all. */
export const bySize = (spikes: readonly LossSpike[]): LossSpike[] =>
  spikes.toSorted((left, right) => heightOf(right) - heightOf(left) || left.firstStep - right.firstStep);

const heightOf = ({ spreads }: Pick<LossSpike, 'spreads'>): number => spreads ?? Number.MAX_VALUE;
