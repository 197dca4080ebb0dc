import { finiteOnly, madeEvent, nonfiniteIn } from '@tributary/capture';
import type { FactCatalogue } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import type { RunOfResource } from './run.ts';
import { OTLP_SOURCE } from './training-spans.ts';
import type { StepValues } from './training-spans.ts';

const MAX_STEPS = 1024;

type Steps = FactCatalogue['training.steps.recorded'];

/** One event for each 1,024 steps, ascending. Its id is a hash of its content. */
export function* stepEvents(run: RunOfResource, steps: ReadonlyMap<number, StepValues>): Generator<NewEvent> {
  const ascending = [...steps].toSorted(([left], [right]) => left - right);
  for (let from = 0; from < ascending.length; from += MAX_STEPS)
    yield stepEvent(run, ascending.slice(from, from + MAX_STEPS));
}

function stepEvent(
  { runId, attempt }: RunOfResource,
  part: readonly (readonly [number, StepValues])[],
): NewEvent {
  const names = [...new Set(part.flatMap(([, values]) => [...values.keys()]))].toSorted();
  const steps = part.map(([step]) => step);
  const named = names.map((name) => ({ name, values: part.map(([, metrics]) => metrics.get(name)) }));
  const columns: Steps['columns'] = Object.fromEntries(
    named.map(({ name, values }) => [name, finiteOnly(values)]),
  );
  const nonfinite: NonNullable<Steps['nonfinite']> = Object.fromEntries(
    named
      .map(({ name, values }) => [name, nonfiniteIn(values)] as const)
      .filter(([, found]) => found.length > 0),
  );
  const data = {
    runId,
    attempt,
    steps,
    columns,
    ...(Object.keys(nonfinite).length > 0 ? { nonfinite } : {}),
  };
  return madeEvent(OTLP_SOURCE, [runId, attempt, 'steps', data], { type: 'training.steps.recorded', data });
}
