import type { Experiment, Question } from '@tributary/attribution';

/** What questions about an experiment can name. */
export function summaryOf(experiment: Experiment) {
  const leaves = new Set(experiment.runs.flatMap(({ shares }) => Object.keys(shares)));
  return {
    id: experiment.name,
    origin: experiment.origin ?? ('assigned' as const),
    arms: experiment.arms.map(({ mixtureId, ...arm }) => ({ ...arm, mixture: mixtureId })),
    capabilities: [...new Set(experiment.runs.flatMap(({ scores }) => Object.keys(scores)))].toSorted(),
    slices: [...leaves].toSorted(),
    runs: experiment.runs.length,
  };
}

type QuestionFilter = {
  readonly capabilities?: readonly string[] | null | undefined;
  readonly slices?: readonly string[] | null | undefined;
  readonly displacement?: string | null | undefined;
  readonly negativeControlOutcomes?: readonly string[] | undefined;
};

/**
 * Every named capability with every named slice; where none is named all domains, and all capabilities that are no negative
 * control outcome.
 */
export function questionsOf(experiment: Experiment, filter: QuestionFilter): Question[] {
  const { capabilities, slices } = summaryOf(experiment);
  const domains = [...new Set(slices.map((slice) => slice.split('/', 1)[0] ?? slice))];
  const { negativeControlOutcomes = [] } = filter;
  const asked = filter.capabilities ?? capabilities.filter((one) => !negativeControlOutcomes.includes(one));
  return asked.flatMap((capability) =>
    (filter.slices ?? domains).map((slice) => ({
      capability,
      slice,
      displacement: filter.displacement ?? undefined,
      negativeControlOutcomes,
    })),
  );
}
