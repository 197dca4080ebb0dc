import {
  currentSignal,
  Fault,
  formatEventPosition,
  formatLogPosition,
  isCovered,
  largest,
  parseEventPosition,
  parseLogPosition,
  partitionCount,
  partitionOf,
  partitionStart,
  positionFromText,
  rfc3339,
  untilAborted,
} from '@tributary/kernel';
import type { EventPosition, LogPosition, Position } from '@tributary/kernel';
import type { Answer, AsOf } from './generated/schema.ts';
import { lastMicrosecondOf } from './moment.ts';
import type { Runtime } from './runtime.ts';
import { unresolvedReason } from './unresolved-corrections.ts';

/** The position that an answer is computed from, and what the answer lacks. */
export type Freshness = Pick<Answer, 'asOf' | 'complete' | 'reason' | 'lag'> & {
  /** The position as parameters of a query. */
  readonly position: LogPosition;
};

/** Events behind an answer. `total` is given where a query listed only some of them. */
export type Evidence = { readonly positions: readonly EventPosition[]; readonly total?: number };

/** Positions that one answer lists; it says how many there are. */
export const MAX_EVIDENCE = 10_000;

/** The fields that every answer has: schemas/graphql/common.graphql, `interface Answer`. */
export function answered(
  { asOf, complete, reason, lag }: Freshness,
  { positions, total = 0 }: Evidence,
): Answer {
  const evidence = evidenceOf(positions);
  return {
    asOf,
    complete,
    reason,
    lag,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    evidenceTotal: Math.max(total, evidence.length),
  };
}

/** The evidence of several parts of an answer as that of the whole. Events that queries left out count once a part. */
export function merged(parts: readonly Evidence[]): Evidence {
  const positions = [...new Set(parts.flatMap((part) => part.positions))];
  const omitted = parts.map((part) => Math.max(0, (part.total ?? 0) - part.positions.length));
  return { positions, total: positions.length + omitted.reduce((sum, count) => sum + count, 0) };
}

/** Distinct positions as text, in the order of the log. */
export const evidenceOf = (positions: readonly EventPosition[]): string[] =>
  [...new Set(positions)].toSorted((left, right) => left - right).map(formatEventPosition);

/** The answer with a reason why it is not complete, beside the one that it may have already. */
export const incomplete = (fresh: Freshness, reason: string | undefined): Freshness =>
  reason === undefined
    ? fresh
    : { ...fresh, complete: false, reason: fresh.reason === null ? reason : `${fresh.reason}; ${reason}` };

/**
 * The position that a question names, or the one that the tables have reached. Waits for the tables where they have not
 * reached a position of the log yet. Incomplete where a correction replaces nothing, of any stream: what it corrects may
 * count beside it. Throws Fault `unknown_position` for a position beyond the end of the log.
 */
export async function freshness(runtime: Runtime, asOf: string | undefined | null): Promise<Freshness> {
  const fresh = await freshnessOfTables(runtime, asOf);
  return incomplete(fresh, await unresolvedReason(runtime, fresh.position));
}

/** The freshness of an answer about runs, which corrections of other streams do not concern. */
export async function withCorrectionsOf(
  runtime: Runtime,
  fresh: Freshness,
  runs: readonly string[],
): Promise<Freshness> {
  const streams = streamsOf(runs);
  return incomplete(fresh, await unresolvedReason(runtime, fresh.position, (one) => streams.has(one)));
}

/** The freshness of an answer about shards of runs, which corrections of everything but other runs concern. */
export async function withCorrectionsOfShards(
  runtime: Runtime,
  fresh: Freshness,
  runs: readonly string[],
): Promise<Freshness> {
  const streams = streamsOf(runs);
  const concerns = (one: string): boolean => !one.startsWith(RUN) || streams.has(one);
  return incomplete(fresh, await unresolvedReason(runtime, fresh.position, concerns));
}

const RUN = 'run/';

const streamsOf = (runs: readonly string[]): ReadonlySet<string> =>
  new Set(runs.map((run) => `${RUN}${run}`));

/** `freshness` as far as the log and the tables say it, whatever corrections there are. */
export async function freshnessOfTables(
  runtime: Runtime,
  asOf: string | undefined | null,
): Promise<Freshness> {
  if (asOf) {
    const named = await logPositionOf(runtime, await positionNamed(runtime, asOf));
    await untilAborted(runtime.projector.reached(named), currentSignal());
    return freshnessAt(runtime, named, 0);
  }
  const reached = runtime.projector.position();
  return freshnessAt(runtime, reached, eventsBetween(reached, runtime.log.head()));
}

async function freshnessAt(runtime: Runtime, position: Position, lag: number): Promise<Freshness> {
  const reason =
    runtime.projector.shortfall?.() ??
    (lag === 0 ? omissionBefore(runtime, position) : `${lag} recorded events are not in the tables yet`);
  return {
    position: logPosition(position),
    asOf: await asOfPosition(runtime, position),
    complete: reason === null,
    reason,
    lag,
  };
}

/** The position that a text names; of a date or time the last one that was recorded by then. */
async function positionNamed({ log }: Pick<Runtime, 'log'>, text: string): Promise<Position> {
  const micros = lastMicrosecondOf(text);
  if (micros === undefined) return positionFromText(text);
  if (!Number.isNaN(micros)) return log.positionAt(micros);
  throw new Fault(
    'unknown_position',
    `${text} is no date and no time; write 2026-11-24, which includes that day in UTC, or 2026-11-24T10:00:00Z`,
  );
}

/** A log position is taken as it is. The position of an event stands for the log when the event was recorded. */
async function logPositionOf({ log }: Runtime, named: Position): Promise<Position> {
  const head = log.head();
  const ends = logPosition(head);
  const position =
    parseLogPosition(named, ends.length) ?? (await logPositionAt({ log }, parseEventPosition(named), ends));
  if (position?.every((event, partition) => event <= (ends[partition] ?? -1)))
    return formatLogPosition(position);
  throw new Fault(
    'unknown_position',
    `${named} is not a position of this log; its last position is ${head}. If an answer or a receipt named it, this is an older copy of the log that gave it, or another log: see "An older copy" in docs/guides/backup.md`,
  );
}

async function logPositionAt(
  { log }: Pick<Runtime, 'log'>,
  position: EventPosition,
  ends: LogPosition,
): Promise<LogPosition | undefined> {
  if (!isCovered(position, ends)) return undefined;
  const event = await log.at(formatEventPosition(position));
  const around = event
    ? logPosition(await log.positionAt(event.recordTime))
    : ends.map((_, partition) => partitionStart(partition));
  return around.map((end, partition) => (partition === partitionOf(position) ? position : end));
}

/** A log position from a text that the log itself gave. */
const logPosition = (text: Position): LogPosition => parseLogPosition(text, partitionCount(text)) ?? [];

function eventsBetween(from: Position, to: Position): number {
  const start = logPosition(from);
  /* The tables may hold more of a partition than this process knows of the log. */
  return logPosition(to).reduce(
    (count, end, partition) => count + Math.max(0, end - (start[partition] ?? partitionStart(partition))),
    0,
  );
}

/** Why the tables lack events up to a position, of any partition; null where they hold all of them. */
function omissionBefore({ projector }: Runtime, position: Position): string | null {
  const omitted = projector.unprojected();
  const end = logPosition(position);
  const covered = omitted?.firsts.filter((first) => isCovered(parseEventPosition(first), end)) ?? [];
  if (!omitted || covered.length === 0) return null;
  const firsts = `the first ${covered.length === 1 ? '' : 'of each partition '}at ${covered.join(', ')}`;
  return `${omitted.count} events could not be projected into the tables, ${firsts}; see deadLetters`;
}

/** A log position with the record time of its last event. */
export async function asOfPosition({ log }: Pick<Runtime, 'log'>, position: Position): Promise<AsOf> {
  const last = logPosition(position).filter((event, partition) => event > partitionStart(partition));
  const events = await Promise.all(last.map((event) => log.at(formatEventPosition(event))));
  const times = events.flatMap((event) => (event ? [event.recordTime] : []));
  return { position, time: times.length === 0 ? null : rfc3339(largest(times)) };
}
