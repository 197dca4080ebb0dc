import { expect, it } from 'vitest';
import { stepEvents } from './step-events.ts';

const RUN = { runId: 'r', attempt: 1 };
type Data = {
  readonly steps: readonly number[];
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
};
const eventsOf = (steps: ReadonlyMap<number, ReadonlyMap<string, number>>): Data[] =>
  [...stepEvents(RUN, steps)].map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')).data);

it('makes one event of 1,024 steps with the same metrics', () => {
  const steps = new Map(
    Array.from({ length: 2_049 }, (_, step) => [step, new Map([['loss', step]])] as const),
  );
  expect(eventsOf(steps).map((data) => data.steps.length)).toEqual([1_024, 1_024, 1]);
});

it('makes further events where the steps have more metrics together than an event may, with every value once', () => {
  const steps = new Map(
    Array.from({ length: 1_024 }, (_, step) => [
      step,
      new Map(Array.from({ length: 60 }, (__, at) => [`m${step}-${at}`, step] as const)),
    ]),
  );
  const events = eventsOf(steps);
  expect(events.flatMap((data) => data.steps)).toEqual([...steps.keys()]);
  for (const { columns } of events) expect(Object.keys(columns).length).toBeLessThanOrEqual(64);
  const values = events.flatMap(({ columns }) =>
    Object.values(columns)
      .flat()
      .filter((value) => value !== null),
  );
  expect(values).toHaveLength(1_024 * 60);
});
