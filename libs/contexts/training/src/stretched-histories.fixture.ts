import type { Fact } from '@tributary/contracts';
import type { Recorded } from './counted-model.fixture.ts';

/** The same histories with each step drawn out to `factor` steps: of recorded and skipped steps the last one stays. */
export function stretched(log: readonly Recorded[], factor: number): Recorded[] {
  return log.map((one) => ({ ...one, fact: { ...one.fact, data: dataOf(one.fact, factor) } as Fact }));
}

function dataOf({ type, data }: Fact, factor: number): object {
  const named = 'runId' in data ? { ...data, runId: `${String(data.runId)}-by-${factor}` } : { ...data };
  switch (type) {
    case 'training.exposure.recorded':
      return { ...named, firstStep: (data.firstStep - 1) * factor + 1, lastStep: data.lastStep * factor };
    case 'training.steps.recorded':
    case 'training.steps.skipped':
      return { ...named, steps: data.steps.map((step) => step * factor) };
    case 'training.run.started':
      return {
        ...named,
        ...(data.resumedFrom && {
          resumedFrom: { ...data.resumedFrom, step: data.resumedFrom.step * factor },
        }),
        ...(data.forkedFrom && {
          forkedFrom: { runId: `${data.forkedFrom.runId}-by-${factor}`, step: data.forkedFrom.step * factor },
        }),
      };
    default:
      return named;
  }
}

/** The lowest step of an attempt of which exposure or metrics are recorded; null where there is none. */
export function firstStepOf(facts: readonly Recorded[], run: string, attempt: number): number | null {
  const steps = facts.flatMap(({ fact: { type, data } }) => {
    if (type !== 'training.exposure.recorded' && type !== 'training.steps.recorded') return [];
    if (data.runId !== run || data.attempt !== attempt) return [];
    return 'firstStep' in data ? [data.firstStep] : data.steps;
  });
  return steps.length === 0 ? null : Math.min(...steps);
}
