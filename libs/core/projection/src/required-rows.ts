import { Fault, formatEventPosition } from '@tributary/kernel';
import type { BlockRange } from './sink.ts';

/**
 * Checks an insert that may have been repeated: an engine that is killed in an insert may have noted the token of a block
 * whose rows it never had. `rows` are those of the batch in the table. Throws Fault `insert_incomplete` (retryable).
 */
export function requireRows(rows: number, range: BlockRange): void {
  if (rows >= range.before + range.rows) return;
  throw new Fault(
    'insert_incomplete',
    `ClickHouse has confirmed ${rowsOf(range)}, and lacks some of them: it may have been killed in the insert, or somebody removed them. The tables have to be filled again: a projector does that by itself unless TRIBUTARY_REFILL_TABLES is false, and its command \`rebuild\` does`,
    { retryable: true },
  );
}

export const uncounted = (range: BlockRange): Fault =>
  new Fault(
    'insert_uncertain',
    `${rowsOf(range)} cannot be counted at present, or not be compared with their views, because that takes longer than TRIBUTARY_QUERY_TIMEOUT_MS or too much memory: the batch is repeated until they can. Where this stays, set TRIBUTARY_QUERY_TIMEOUT_MS of the projector higher or give ClickHouse more memory`,
    { retryable: true },
  );

const rowsOf = ({ table, after, until }: BlockRange): string =>
  `the rows of tributary.${table} for the events after ${formatEventPosition(after)} up to ${formatEventPosition(until)}`;
