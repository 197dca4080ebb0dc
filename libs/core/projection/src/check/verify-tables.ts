import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { projectorStates } from '../state/projector-states.ts';
import { checkParts } from './check-parts.ts';
import { checkEvents, checkRows, rangesBefore, surveyTables } from './check-tables.ts';
import type { CheckedTables } from './check-tables.ts';
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
 * of them. Where the last batch
 * or an exchange was interrupted, which the next start finishes, only the ranges before it are compared.
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
    const own = isStill ? survey.findings : await checkEvents(checked, complete);
    const rows = await checkRows(checked, isStill ? Infinity : complete);
    const tables = checked.projections.flatMap((projection) => projection.tables);
    const findings = [...own, ...rows, ...(await checkParts(checked.reader, [...tables, ...OTHER_TABLES]))];
    return { rows: survey.rows, position, divergence: findings[0]?.detail ?? otherLog(survey.otherLogs) };
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.retryable) throw fault;
    return { rows: 0, position, divergence: `the tables do not say what they hold: ${fault.message}` };
  }
}

const otherLog = ([id]: readonly string[]): string | null =>
  id === undefined ? null : `the tables hold rows of another log (${id})`;
