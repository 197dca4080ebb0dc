import { FACTS } from './controls/clean-experiment.fixture.ts';
import type { Arm, Experiment, Run } from './experiment.ts';
import { close } from './composition/composition.ts';
import type { Random } from './numerics/random.ts';

export const SLICES = ['books', 'code', 'math', 'news', 'web'] as const;

const FULL: Readonly<Record<string, number>> = { books: 0.2, code: 0.2, math: 0.2, news: 0.2, web: 0.2 };

const without = (slice: string) => close({ ...FULL, [slice]: 0 });

export type SimulatedAblation = {
  readonly generator: Random;
  readonly seeds: number;
  /** True effect of each slice on the outcome, in standard deviations of a run; none where absent. */
  readonly effects?: Readonly<Record<string, number>>;
  /** Whether the arms run the same seeds, whose own noise is then as large as that of a run. */
  readonly blocked?: boolean;
};

/** Five removals against a full mixture, with normal noise of sd 1 between runs. */
export function simulatedAblation({
  generator,
  seeds,
  effects = {},
  blocked = false,
}: SimulatedAblation): Experiment {
  const arms = ['full', ...SLICES];
  const ofSeed = Array.from({ length: seeds }, () => (blocked ? generator.normal() : 0));
  return {
    name: 'simulated',
    arms: arms.map((arm): Arm => ({
      arm,
      mixtureId: arm,
      design: 'controlled_ablation',
      assignment: 'manual',
      control: arm === 'full',
      role: 'train',
    })),
    runs: arms.flatMap((arm, at) =>
      ofSeed.map((shift, index): Run => {
        const seed = blocked ? index : at * seeds + index;
        const value = 10 + shift + generator.normal() - (effects[arm] ?? 0);
        return {
          runId: `${arm}-${seed}`,
          arm,
          mixtureId: arm,
          seed,
          status: 'completed',
          shares: arm === 'full' ? FULL : without(arm),
          total: 1e9,
          unit: 'token',
          method: 'measured',
          lastStep: 1000,
          facts: FACTS,
          scores: { skill: { value, unit: 'score', higherIsBetter: true, step: 1000 } },
          evidence: [],
        };
      }),
    ),
  };
}
