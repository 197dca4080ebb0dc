import { finiteOnly, madeEvent, nonfiniteIn } from '@tributary/capture';
import type { FactCatalogue } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import type { RunOfResource } from './run.ts';
import { OTLP_SOURCE } from './training-spans.ts';
import type { StepValues } from './training-spans.ts';

const MAX_STEPS = 1024;

type Steps = FactCatalogue['training.steps.recorded'];

/** Events of at most 1,024 steps, ascending. The id of each is a hash of its content. */
export function* stepEvents(run: RunOfResource, steps: ReadonlyMap<number, StepValues>): Generator<NewEvent> {
  const ascending = [...steps].toSorted(([left], [right]) => left - right);
  for (const part of parts(ascending)) yield stepEvent(run, part);
}

/** Columns of an event. A step with more has an event of its own, which is refused. */
const MAX_COLUMNS = 64;
/** Cells of an event: of 25 digits each, they are less than half of what a topic takes by default. */
const MAX_CELLS = 16_384;

type Step = readonly [step: number, values: StepValues];

/** Cuts steps into as long parts as have no more steps, names and cells than an event may. */
function* parts(ascending: readonly Step[]): Generator<readonly Step[]> {
  let part: Step[] = [];
  let names = new Set<string>();
  for (const step of ascending) {
    const more = [...step[1].keys()].filter((name) => !names.has(name));
    const columns = names.size + more.length;
    const isFull =
      part.length === MAX_STEPS || columns > MAX_COLUMNS || columns * (part.length + 1) > MAX_CELLS;
    if (isFull && part.length > 0) {
      yield part;
      part = [];
      names = new Set();
    }
    part.push(step);
    for (const name of step[1].keys()) names.add(name);
  }
  if (part.length > 0) yield part;
}

function stepEvent({ runId, attempt }: RunOfResource, part: readonly Step[]): NewEvent {
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
