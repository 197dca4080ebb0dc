import type { SqlReader } from '@tributary/kernel';

/** A table that a query reads from; rollups are read merged, and their rows have no place. */
const FROM_TABLE = /\bFROM (tributary\.\w+)\b(?! FINAL)/g;

/** Asks tables that go on as if they ended where each partition has this offset. */
export function readerAsOf(reader: SqlReader, offsets: readonly number[]): SqlReader {
  const ends = offsets.map((offset, partition) => `bitShiftLeft(toUInt64(${partition}), 40) + ${offset}`);
  const isWithin = `tributaryIsAtOrBefore(_position, [${ends.join(', ')}])`;
  return {
    all: (query, params) =>
      reader.all(
        { ...query, sql: query.sql.replaceAll(FROM_TABLE, `FROM (SELECT * FROM $1 WHERE ${isWithin})`) },
        params,
      ),
  };
}
