import { Fault, formatEventPosition, largest, parseEventPosition } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import type { ProjectorOptions } from '../projector-options.ts';
import type { CompleteState } from '../state/tables-state.ts';
import { compareEvents } from './check-events.ts';
import { countsIn } from './check-tables.ts';
import type { CheckedTables, TablesSurvey } from './check-tables.ts';
import { requireBlobs } from './kept-facts.ts';
import type { FilledTables } from './kept-facts.ts';

/** The log is the only truth, so tables that know more than it are not emptied, and nothing is served. */
export async function requireSameLog(
  log: ProjectorOptions['log'],
  { otherLogs, findings, rows, last }: TablesSurvey,
  { position }: CompleteState,
): Promise<void> {
  const reached = parseEventPosition(position);
  if (otherLogs.length > 0 || (rows > 0 && reached === 0)) throw ofAnotherLog();
  const other = findings.find(({ code }) => code === 'other_events');
  if (other) throw ofAnotherCopy(other.detail);
  if (last > reached) await requireEvent(log, last);
}

/**
 * The same for tables that are about to be emptied, which must not hold the only copy of a fact either: Throws Faults
 * `log_behind_tables`, `tables_of_another_log` and `blobs_missing`, and those of the log and the reader. It asks nothing that
 * tables of earlier versions lack, so it can be called before they are changed.
 */
export async function requireEmptiable(tables: FilledTables, log: ProjectorOptions['log']): Promise<void> {
  await requireNothingNewer(tables, log);
  await requireBlobs(tables, log);
}

/**
 * Whatever the cursor says: it is in the log and as old as it. Of tables without counts, or whose counts cannot be read,
 * nothing says what they held.
 */
async function requireNothingNewer(
  { reader, logId, log: digests }: CheckedTables,
  log: ProjectorOptions['log'],
): Promise<void> {
  const counts = await countsIn(reader, 0);
  if (!counts.ok) return;
  const own = counts.counted.filter(({ log_id }) => log_id === logId);
  if (own.length < counts.counted.length) throw ofAnotherLog();
  const last = Math.max(0, largest(own.map((range) => range.last)));
  if (last === 0) return;
  await requireEvent(log, last);
  /* Earlier versions counted the digest of an event that they stopped at. Such tables are to be filled again. */
  const digested = own.filter(({ positions, digested: inSum }) => positions === inSum);
  const { difference } = await compareEvents(digested, last, digests);
  if (difference !== undefined) throw ofAnotherCopy(difference);
}

const ofAnotherLog = (): Fault =>
  new Fault(
    'tables_of_another_log',
    'the tables hold rows of another log: put back the log that they were filled from, or delete the tables, which are filled again from this log',
  );

const ofAnotherCopy = (difference: string): Fault =>
  new Fault(
    'tables_of_another_log',
    `the tables are not this log's: ${difference}. Two copies of one directory went on, each by itself. Put the log and the tables of one copy together again, or delete the tables, which are filled again from this log`,
  );

async function requireEvent(log: ProjectorOptions['log'], position: EventPosition): Promise<void> {
  const [event] = await log.read({ after: formatEventPosition(position - 1), limit: 1, maxBytes: 1 });
  if (event) return;
  throw new Fault(
    'log_behind_tables',
    `the tables hold events up to ${formatEventPosition(position)}, and the log does not have that event: it was cut, or an older copy of it was put back; restore the newer log, or delete the tables, which are filled again from this one`,
  );
}
