import { eventPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { Offsets } from './bounded-log.ts';

/** A table that a query reads from. Rollups are read merged (FINAL), and their rows have no position. */
const FROM_TABLE = /\bFROM (tributary\.\w+)\b(?! FINAL)/g;

/** Reads tables as if each partition ended at its offset. Rollups are read whole. */
export const readerUntil = (reader: SqlReader, ends: Offsets): SqlReader =>
  bounded(reader, conditionUntil(ends));

/** Reads the rows that `readerUntil` leaves out. Rollups are read whole. */
export const readerAfter = (reader: SqlReader, ends: Offsets): SqlReader =>
  bounded(reader, `NOT ${conditionUntil(ends)}`);

const bounded = (reader: SqlReader, condition: string): SqlReader => ({
  all: (query, params) =>
    reader.all(
      { ...query, sql: query.sql.replaceAll(FROM_TABLE, `FROM (SELECT * FROM $1 WHERE ${condition})`) },
      params,
    ),
});

/** The end of a single partition is a constant, by which the engine can skip data. */
function conditionUntil(ends: Offsets): string {
  const positions = ends.map((offset, partition) => eventPosition(partition, offset));
  return positions.length === 1
    ? `(_position <= ${positions[0]})`
    : `tributaryIsAtOrBefore(_position, [${positions.join(', ')}])`;
}
