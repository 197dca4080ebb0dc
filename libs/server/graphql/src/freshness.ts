import {
  Fault,
  formatEventPosition,
  formatLogPosition,
  isCovered,
  parseEventPosition,
  parseLogPosition,
  partitionCount,
  partitionOf,
  partitionStart,
  positionFromText,
  rfc3339,
} from '@tributary/kernel';
import type { LogPosition, Position } from '@tributary/kernel';
import type { Runtime } from './runtime.ts';

export type AsOf = { readonly position: Position; readonly time: string | null };

/** Which state of the log an answer speaks of. `places` goes into SQL. */
export type Freshness = {
  readonly places: LogPosition;
  readonly asOf: AsOf;
  readonly complete: boolean;
  readonly reason: string | null;
  readonly lag: number;
};

/**
 * The state that a question asks for: the tables as they are, or an earlier state. One that is in the log but not in
 * the tables yet is waited for. Throws `unknown_position` for one that the log does not reach.
 */
export async function freshness(runtime: Runtime, asked: string | undefined | null): Promise<Freshness> {
  if (asked) return pinned(runtime, await stateAsked(runtime, positionFromText(asked)));
  const state = runtime.projector.position();
  const lag = lagBetween(state, runtime.log.head());
  const reason =
    lag === 0 ? unprojectedBy(runtime, state) : `${lag} events recorded since are not in the tables yet`;
  return {
    places: known(state),
    asOf: await asOfPosition(runtime, state),
    complete: reason === null,
    reason,
    lag,
  };
}

async function pinned(runtime: Runtime, state: Position): Promise<Freshness> {
  await runtime.projector.reached(state);
  const reason = unprojectedBy(runtime, state);
  return {
    places: known(state),
    asOf: await asOfPosition(runtime, state),
    complete: reason === null,
    reason,
    lag: 0,
  };
}

/** A state is taken as it is. A place stands for the state when its event was recorded. */
async function stateAsked({ log }: Runtime, asked: Position): Promise<Position> {
  const head = log.head();
  const ends = known(head);
  const places =
    parseLogPosition(asked, ends.length) ?? (await placesAround({ log }, parseEventPosition(asked), ends));
  if (places?.every((place, partition) => place <= (ends[partition] ?? -1))) return formatLogPosition(places);
  throw new Fault('unknown_position', `${asked} is no position of this log; it ends at ${head}`);
}

async function placesAround(
  { log }: Pick<Runtime, 'log'>,
  place: number,
  ends: LogPosition,
): Promise<LogPosition | undefined> {
  if (!isCovered(place, ends)) return undefined;
  const event = await log.at(formatEventPosition(place));
  const around = event
    ? known(await log.positionAt(event.recordTime))
    : ends.map((_, partition) => partitionStart(partition));
  return around.map((end, partition) => (partition === partitionOf(place) ? place : end));
}

/** The places of a state that the log itself gave. */
export const known = (state: Position): LogPosition => parseLogPosition(state, partitionCount(state)) ?? [];

/** Events between two states. */
function lagBetween(state: Position, head: Position): number {
  const places = known(state);
  return known(head).reduce(
    (lag, end, partition) => lag + end - (places[partition] ?? partitionStart(partition)),
    0,
  );
}

/** Says so where facts up to a state made no rows; null where all did. */
function unprojectedBy({ projector }: Runtime, state: Position): string | null {
  const left = projector.unprojected();
  if (!left || !isCovered(parseEventPosition(left.first), known(state))) return null;
  return `${left.count} events could not be read into the tables, the first at ${left.first}; they are kept, see deadLetters`;
}

/** A state with the record time of its last event. */
export async function asOfPosition({ log }: Pick<Runtime, 'log'>, position: Position): Promise<AsOf> {
  const places = known(position).filter((place, partition) => place > partitionStart(partition));
  const events = await Promise.all(places.map((place) => log.at(formatEventPosition(place))));
  const times = events.flatMap((event) => (event ? [event.recordTime] : []));
  return { position, time: times.length === 0 ? null : rfc3339(Math.max(...times)) };
}

/** Places as positions, in the order of the log. */
export const evidenceOf = (places: readonly number[]): string[] =>
  places.toSorted((left, right) => left - right).map(formatEventPosition);
