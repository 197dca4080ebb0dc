import type { OpenLineageEvent } from './open-lineage-event.ts';

type RunState = 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER';

export type RunTimes = {
  /** State of the run. An end state is final, whatever later events say. Undefined where no event has a state. */
  readonly state: RunState | undefined;
  /** Time of the first START event, RFC 3339 in UTC; undefined without one. */
  readonly startedAt: string | undefined;
  /** Time of the last event that ends the run; undefined while it runs. */
  readonly endedAt: string | undefined;
  readonly lastSeenAt: string;
  readonly events: number;
};

const ENDS: readonly unknown[] = ['COMPLETE', 'ABORT', 'FAIL'];
const RUNS: readonly unknown[] = ['START', 'RUNNING'];

/** State and times of a run, from its events in any order. */
export function runTimes(all: readonly OpenLineageEvent[]): RunTimes {
  const events = distinct(all);
  const ends = events.filter(({ eventType }) => ENDS.includes(eventType));
  return {
    state: stateOf(events, ends),
    startedAt: events.find(({ eventType }) => eventType === 'START')?.time,
    endedAt: ends.at(-1)?.time,
    lastSeenAt: events.at(-1)?.time ?? '',
    events: events.length,
  };
}

/** Distinct events by moment. */
function distinct(events: readonly OpenLineageEvent[]): OpenLineageEvent[] {
  const byMoment = new Map(events.map((event) => [event.moment, event]));
  return [...byMoment.values()].toSorted((left, right) => (left.moment < right.moment ? -1 : 1));
}

function stateOf(
  events: readonly OpenLineageEvent[],
  ends: readonly OpenLineageEvent[],
): RunState | undefined {
  const end = ends.at(-1)?.eventType;
  if (end === 'COMPLETE' || end === 'ABORT' || end === 'FAIL') return end;
  if (events.some(({ eventType }) => RUNS.includes(eventType))) return 'RUNNING';
  return events.some(({ eventType }) => eventType === 'OTHER') ? 'OTHER' : undefined;
}
