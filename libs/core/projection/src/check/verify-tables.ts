import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition, partitionOf, partitionStart } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { projectorStates } from '../state/projector-states.ts';
import { checkParts } from './check-parts.ts';
import { checkEvents, checkRows, found, rangesBefore, surveyTables } from './check-tables.ts';
import type { CheckedTables, TablesFinding } from './check-tables.ts';
import { compareCounts, compareTable } from './compare-counted.ts';
import { RANGE_TABLE } from './range-counts.ts';

/** Besides the tables of the projections: the counts, and the ledger of `migrate`. */
const OTHER_TABLES = [RANGE_TABLE, 'schema_migration'];

/** Tables that were compared with what was inserted; nothing else may change them meanwhile. */
export type VerifiedTables = {
  readonly rows: number;
  /** Position that they hold every event up to; null where the log does not say. */
  readonly position: Position | null;
  /** The first difference, in words; null where there is none. */
  readonly divergence: string | null;
};

/**
 * Compares tables that no projector works on with the cursor of the log and with what was counted, and reads every byte
 * of them. Where the last batch was interrupted, which the next start finishes, the rows before it are compared, and the
 * events of the ranges that are complete before it. Tables of views are not compared then, since they may lack the batch.
 */
export async function verifyTables(checked: CheckedTables, cursors: Cursors): Promise<VerifiedTables> {
  const state = projectorStates(cursors).tables.get();
  if (!state || state.kind === 'emptying' || state.kind === 'exchanging')
    return { rows: 0, position: null, divergence: 'the tables are to be filled again: start the server' };
  const { position } = state;
  try {
    const survey = await surveyTables(checked, { ...state, kind: 'complete' });
    const isStill = state.kind === 'complete';
    const complete = rangesBefore(parseEventPosition(position));
    const detached = survey.findings.filter(({ code }) => code === 'parts_detached');
    const own = isStill ? survey.findings : [...detached, ...(await checkEvents(checked, complete))];
    const rows = isStill ? await checkRows(checked) : await checkRowsUpTo(checked, position);
    const tables = checked.projections.flatMap((projection) => projection.tables);
    const findings = [...own, ...rows, ...(await checkParts(checked.reader, [...tables, ...OTHER_TABLES]))];
    return { rows: survey.rows, position, divergence: findings[0]?.detail ?? otherLog(survey.otherLogs) };
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.retryable) throw fault;
    return { rows: 0, position, divergence: `the tables do not say what they hold: ${fault.message}` };
  }
}

/** Compares the rows of each table and their counts up to a position, whichever rows of later events are in it. */
async function checkRowsUpTo(
  { reader, projections }: CheckedTables,
  position: Position,
): Promise<TablesFinding[]> {
  const until = parseEventPosition(position);
  const group = { reader, partitions: [{ after: partitionStart(partitionOf(until)), until }] };
  const uncounted = await compareCounts(group);
  if (uncounted) return [found('positions_missing', uncounted.detail)];
  const findings: TablesFinding[] = [];
  for (const table of projections.flatMap(({ tables }) => tables)) {
    const difference = await compareTable(group, table);
    if (difference?.code === 'not_compared')
      throw new Fault('query_overdue', difference.detail, { retryable: true });
    if (difference) findings.push(found('rows_differ', difference.detail));
  }
  return findings;
}

const otherLog = ([id]: readonly string[]): string | null =>
  id === undefined ? null : `the tables hold rows of another log (${id})`;
