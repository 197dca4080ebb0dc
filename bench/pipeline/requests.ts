import { eventLine, type Step } from './rows.ts';

export type Shape = { readonly stepsPerEvent: number; readonly eventsPerRequest: number };

/** Steps per event and events per request, chosen so that a request has about the recommended size of 1 MB. */
export const SHAPES: readonly Shape[] = [
  { stepsPerEvent: 1, eventsPerRequest: 1_024 },
  { stepsPerEvent: 64, eventsPerRequest: 128 },
  { stepsPerEvent: 256, eventsPerRequest: 32 },
];

export type Requests = {
  readonly warmUp: readonly Buffer[];
  readonly measured: readonly Buffer[];
  /** Number of events in both. */
  readonly events: number;
};

/** Bodies that hold all steps; those with the first `warmUpSteps` come before the measurement. */
export function requests(
  steps: readonly Step[],
  warmUpSteps: number,
  { stepsPerEvent, eventsPerRequest }: Shape,
): Requests {
  const events = chunks(steps, stepsPerEvent).map(eventLine);
  const bodies = chunks(events, eventsPerRequest).map((some) => Buffer.from(some.join('\n')));
  const warmUp = warmUpSteps / (stepsPerEvent * eventsPerRequest);
  return { warmUp: bodies.slice(0, warmUp), measured: bodies.slice(warmUp), events: events.length };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
