import type { Projection } from '@tributary/contracts';
import type { EventLog } from '@tributary/event-log';
import {
  appendAll,
  Fault,
  largest,
  numberInPartition,
  parseEventPosition,
  partitionEnd,
  partitionOf,
  partitionStart,
} from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { CompleteState } from '../state/tables-state.ts';
import { compareEvents } from './check-events.ts';
import type { ComparedEvents, Undigested } from './check-events.ts';
import { countedRanges, differingRanges, ofTable, rowTotals } from './check-queries.ts';
import type { CountedRange } from './check-queries.ts';
import { findDetachedParts } from './detached-parts.ts';
import { RANGE_POSITIONS, RANGE_TABLE } from './range-counts.ts';

/** What differs between the tables and what was counted when they were filled. */
export type TablesFinding = {
  /**
   * `positions_missing`: they were not filled as far as the cursor says. `rows_differ`: a table has other rows than were
   * inserted. `other_events`: they were filled from another history than the log's. `rollup_differs`: a view's table is not what its source says. `table_unreadable`. `parts_detached`.
   */
  readonly code:
    | 'positions_missing'
    | 'rows_differ'
    | 'other_events'
    | 'rollup_differs'
    | 'table_unreadable'
    | 'parts_detached';
  readonly detail: string;
};

export type CheckedTables = {
  readonly reader: SqlReader;
  readonly logId: string;
  readonly projections: readonly Projection[];
  /** The log that they are compared with. */
  readonly log: Pick<EventLog, 'digestAt'>;
};

/** What the parts of the tables say, without reading a row. */
export type TablesSurvey = {
  readonly findings: readonly TablesFinding[];
  /** Rows of all tables together: what a check of all rows would read. */
  readonly rows: number;
  /** The last packed position that the tables were filled with. */
  readonly last: number;
  /** Ids of other logs whose rows the tables hold. */
  readonly otherLogs: readonly string[];
  /** Ranges of positions whose events the tables do not say, because an earlier version filled them. */
  readonly undigested: readonly Undigested[];
};

/**
 * Compares the positions, the events and the numbers of rows that were counted with the tables and with the log. Exact
 * while nothing is inserted. Counts that cannot be read are a finding, and nothing else is known then. Throws the Faults
 * of the log, and retryable ones of the reader.
 */
export async function surveyTables(work: CheckedTables, state: CompleteState): Promise<TablesSurvey> {
  const { reader, logId, projections } = work;
  const position = parseEventPosition(state.position);
  const tables = new Set(projections.flatMap((projection) => projection.tables));
  const counts = await countsIn(reader, position);
  if (!counts.ok) return { findings: [counts.unreadable], rows: 0, last: 0, otherLogs: [], undigested: [] };
  const { counted } = counts;
  const totals = counts.totals.filter(({ table_name }) => tables.has(table_name));
  const own = counted.filter(({ log_id }) => log_id === logId);
  const positions = await positionFindings(work, own, position, state.generation.epoch);
  return {
    findings: [
      ...positions.findings,
      ...totals.flatMap(({ table_name, counted_rows, stored_rows }) =>
        counted_rows === stored_rows
          ? []
          : [
              found(
                'rows_differ',
                `${table_name} has ${stored_rows} rows, and ${counted_rows} were inserted`,
              ),
            ],
      ),
      ...(await findDetachedParts(reader, tables)),
    ],
    rows: totals.reduce((sum, { stored_rows }) => sum + stored_rows, 0),
    last: Math.max(0, largest(own.map(({ last }) => last))),
    otherLogs: [...new Set(counted.flatMap(({ log_id }) => (log_id === logId ? [] : [log_id])))],
    undigested: positions.undigested,
  };
}

type RowTotal = ReturnType<typeof rowTotals.row.parse>;
type Counts =
  | { readonly ok: true; readonly counted: readonly CountedRange[]; readonly totals: readonly RowTotal[] }
  | { readonly ok: false; readonly unreadable: TablesFinding };

/**
 * What was counted in the partition of a packed position, and the rows of all tables. The counts are a table as any other: a
 * part of it can be damaged, too. Throws retryable faults of the reader.
 */
export async function countsIn(reader: SqlReader, position: number): Promise<Counts> {
  try {
    const counted = await rangesIn(reader, position);
    return { ok: true, counted, totals: await reader.all(rowTotals, {}) };
  } catch (fault) {
    return { ok: false, unreadable: unreadable(RANGE_TABLE, fault) };
  }
}

const rangesIn = (reader: SqlReader, position: number): Promise<CountedRange[]> => {
  const partition = partitionOf(position);
  return reader.all(countedRanges, { first: partitionStart(partition), last: partitionEnd(partition) });
};

type Positions = Pick<TablesSurvey, 'findings' | 'undigested'>;

async function positionFindings(
  { log }: CheckedTables,
  own: readonly CountedRange[],
  position: number,
  epoch: number,
): Promise<Positions> {
  const short = (detail: string): Positions => ({
    findings: [found('positions_missing', detail)],
    undigested: [],
  });
  const other = own.find((counted) => counted.epoch !== epoch);
  if (other) return short(`they are of epoch ${other.epoch}, and the log says ${epoch}`);
  const filled = own.reduce((sum, { positions }) => sum + positions, 0);
  const wanted = numberInPartition(position);
  if (filled !== wanted)
    return short(`they were filled with ${filled} of the ${wanted} positions before the cursor`);
  const compared = await compareEvents(own, position, log);
  return { findings: eventFindings(compared), undigested: compared.undigested };
}

const eventFindings = ({ short, difference }: ComparedEvents): TablesFinding[] => [
  ...(difference === undefined ? [] : [found('other_events', difference)]),
  ...(short === undefined ? [] : [found('positions_missing', short)]),
];

/** Compares the events of the ranges before the one numbered `before`, which no longer change, with the log's. */
export async function checkEvents(
  { reader, logId, log }: CheckedTables,
  before: number,
): Promise<TablesFinding[]> {
  const counts = await countsIn(reader, 0);
  if (!counts.ok) return [counts.unreadable];
  const own = counts.counted.filter(
    ({ log_id, position_range }) => log_id === logId && position_range < before,
  );
  if (own.length === 0) return [];
  return eventFindings(await compareEvents(own, before * RANGE_POSITIONS - 1, log));
}

/**
 * Compares the rows of each table with what was counted, by ranges of positions before the one numbered `before`, and the
 * tables of views with their sources. One pass over the positions of each table; memory grows with the number of ranges,
 * runs and metrics. Throws retryable faults of the reader.
 */
export async function checkRows(
  { reader, projections }: CheckedTables,
  before = Infinity,
): Promise<TablesFinding[]> {
  const findings: TablesFinding[] = [];
  const tables = new Set(projections.flatMap((projection) => projection.tables));
  const counts = await countsIn(reader, 0);
  if (!counts.ok) return [counts.unreadable];
  for (const { table_name } of counts.totals)
    if (tables.has(table_name))
      appendAll(findings, await readable(table_name, () => rangeFindings(reader, table_name, before)));
  for (const rollup of projections.flatMap(({ rollups = [] }) => rollups))
    appendAll(
      findings,
      await readable(rollup.name, async () =>
        (await reader.all(rollup, {})).map(({ table_name, differing }) =>
          found('rollup_differs', `${table_name} is not what its source says (${differing} keys or ranges)`),
        ),
      ),
    );
  return findings;
}

/** The number of ranges that are complete at a position. */
export const rangesBefore = (position: number): number => Math.floor((position + 1) / RANGE_POSITIONS);

const EVERY_RANGE = Number.MAX_SAFE_INTEGER;

async function rangeFindings(reader: SqlReader, name: string, before: number): Promise<TablesFinding[]> {
  const [first, ...more] = await reader.all(ofTable(differingRanges, name), {
    name,
    before: Math.min(before, EVERY_RANGE),
  });
  if (!first) return [];
  const start = first.position_range * RANGE_POSITIONS;
  const others = more.length === 0 ? '' : `, and ${more.length} or more later ranges`;
  return [
    found(
      'rows_differ',
      `${name} has ${first.stored_rows} rows at positions ${start} to ${start + RANGE_POSITIONS - 1}, and ${first.counted_rows} were inserted${others}`,
    ),
  ];
}

/** The findings of a check, or that the table cannot be read. */
export async function readable(
  name: string,
  check: () => Promise<TablesFinding[]>,
): Promise<TablesFinding[]> {
  try {
    return await check();
  } catch (fault) {
    return [unreadable(name, fault)];
  }
}

/** A statement that the engine refuses names a damaged table. Faults that may pass are thrown. */
function unreadable(name: string, fault: unknown): TablesFinding {
  if (!(fault instanceof Fault) || fault.retryable) throw fault;
  return found('table_unreadable', `${name} cannot be read: ${reasonOf(fault)}`);
}

/**
 * Of a damaged part only what is wrong with it: the rest depends on the question and names paths, and the same damage is
 * told once.
 */
function reasonOf({ code, message, cause }: Fault): string {
  if (code !== 'part_damaged' || !(cause instanceof Error)) return message;
  return /^Code: \d+\. DB::Exception: [^.:(/]+/.exec(cause.message)?.[0] ?? message;
}

export const found = (code: TablesFinding['code'], detail: string): TablesFinding => ({ code, detail });
