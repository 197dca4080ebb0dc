import { Fault, formatEventPosition } from '@tributary/kernel';
import type { BlockRange } from './sink.ts';

/**
 * After an insert that the engine has confirmed although it was repeated: an engine that is killed in an insert may have
 * noted the token of a block whose rows it never had. `rows` are those of the batch in the table; undefined where they
 * could not be counted. Throws Fault `insert_incomplete` or `insert_uncertain` (both retryable).
 */
export function requireRows(rows: number | undefined, range: BlockRange): void {
  if (rows === undefined) throw uncounted(range);
  if (rows < range.before + range.rows) throw incomplete(range);
}

export const incomplete = (range: BlockRange): Fault =>
  new Fault(
    'insert_incomplete',
    `ClickHouse has confirmed ${rowsOf(range)}, and lacks some of them: it may have been killed in the insert, or somebody removed them. The tables do not count as having these events until the rows are there: projectors that may fill short tables again (TRIBUTARY_REFILL_TABLES) do so by themselves; where this stays, run the projector with \`rebuild\``,
    { retryable: true },
  );

export const uncounted = (range: BlockRange): Fault =>
  new Fault(
    'insert_uncertain',
    `${rowsOf(range)} cannot be counted at present, or not be compared with their views, because that takes longer than TRIBUTARY_QUERY_TIMEOUT_MS or too much memory: the batch is repeated until they can. Where this stays, set TRIBUTARY_QUERY_TIMEOUT_MS of the projector higher or give ClickHouse more memory`,
    { retryable: true },
  );

const rowsOf = ({ table, after, until }: BlockRange): string =>
  `the rows of tributary.${table} for the events after ${formatEventPosition(after)} up to ${formatEventPosition(until)}`;
