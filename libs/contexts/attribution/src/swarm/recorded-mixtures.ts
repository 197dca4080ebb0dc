import { valueIn } from '@tributary/kernel';
import { sharesIn } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { isExposed } from '../experiment.ts';
import type { Run } from '../experiment.ts';
import { SHARE_TOLERANCE } from '../ablation/arm-pair.ts';

/** The mixtures of recorded runs, whatever their arm, seed or score. */
export type RecordedMixtures = {
  /** Whether a run has the mixture: no share differs by more than half a point, as in the runs of one arm. */
  has(mixture: Composition): boolean;
};

/** The mixtures of the runs that ended well or still train; one that failed may be asked for again. */
export function recordedMixtures(runs: readonly Run[], components: readonly string[]): RecordedMixtures {
  const points = runs
    .filter((run) => (run.status === 'completed' || run.status === 'running') && isExposed(run))
    .filter(({ shares }) =>
      Object.keys(shares).every((leaf) => components.includes(leaf) || valueIn(shares, leaf) === 0),
    )
    .map(({ shares }) => sharesIn(components, shares));
  return {
    has(mixture) {
      const point = sharesIn(components, mixture);
      return points.some((one) => one.every((share, at) => Math.abs(share - point[at]!) <= SHARE_TOLERANCE));
    },
  };
}

/** Parts of the way to another mixture that are gone from one that was run, until one is found that was not. */
const STEPS = [0.05, 0.1, 0.2, 0.3, 0.4];

/** The mixtures in their order; one that was run gives way to the next on the line to `towards` that was not. */
export function mixturesNotRun(
  mixtures: readonly Composition[],
  recorded: RecordedMixtures,
  towards: Composition,
): Composition[] {
  const moved = (mixture: Composition, part: number): Composition => {
    const leaves = [...new Set([...Object.keys(mixture), ...Object.keys(towards)])];
    return Object.fromEntries(
      leaves.map((leaf) => [
        leaf,
        (1 - part) * (valueIn(mixture, leaf) ?? 0) + part * (valueIn(towards, leaf) ?? 0),
      ]),
    );
  };
  return mixtures.flatMap((mixture) => {
    if (!recorded.has(mixture)) return [mixture];
    return STEPS.map((part) => moved(mixture, part)).find((one) => !recorded.has(one)) ?? [];
  });
}
