import type { Experiment, Question } from '@tributary/attribution';

/** What an experiment can be asked about. */
export function summaryOf(experiment: Experiment) {
  const leaves = new Set(experiment.runs.flatMap(({ shares }) => Object.keys(shares)));
  return {
    id: experiment.name,
    arms: experiment.arms.map(({ mixtureId, ...arm }) => ({ ...arm, mixture: mixtureId })),
    capabilities: [...new Set(experiment.runs.flatMap(({ scores }) => Object.keys(scores)))].toSorted(),
    slices: [...leaves].toSorted(),
    runs: experiment.runs.length,
  };
}

type Asked = {
  readonly capabilities?: readonly string[] | null | undefined;
  readonly slices?: readonly string[] | null | undefined;
  readonly displacement?: string | null | undefined;
};

/** Every asked capability with every asked slice; all capabilities and all domains where none is named. */
export function questionsOf(experiment: Experiment, asked: Asked): Question[] {
  const { capabilities, slices } = summaryOf(experiment);
  const domains = [...new Set(slices.map((slice) => slice.split('/', 1)[0] ?? slice))];
  return (asked.capabilities ?? capabilities).flatMap((capability) =>
    (asked.slices ?? domains).map((slice) => ({
      capability,
      slice,
      displacement: asked.displacement ?? undefined,
    })),
  );
}
