import type { Cell, ColumnarRows, Row } from '@tributary/kernel';

/** Upper bound of the bytes of a row, without its strings and lists. */
const ROW_BYTES = 256;

/** Upper bound of the UTF-8 bytes of a UTF-16 unit. */
const UNIT_BYTES = 3;

/** Upper bound of the bytes of a number in a list or map, with the index of its key. */
const NUMBER_BYTES = 12;

/**
 * Upper bound of the bytes that rows take in a block. A short fact can make long rows, because each may repeat a name.
 * Depends on the rows alone, so that a replay ends a batch where the first try did.
 */
export function weightOf(rows: readonly Row[] | ColumnarRows): number {
  if ('count' in rows) return rows.count * (ROW_BYTES / 4 + NUMBER_BYTES * mapKeys(rows)) + stringBytes(rows);
  return rows.reduce((sum, row) => sum + ROW_BYTES + cellsOf(row), 0);
}

function cellsOf(row: Row): number {
  let bytes = 0;
  for (const column in row) bytes += cellBytes(row[column] ?? null);
  return bytes;
}

function cellBytes(cell: Cell): number {
  if (typeof cell === 'string') return cell.length * UNIT_BYTES;
  if (typeof cell !== 'object' || cell === null) return 0;
  return Object.values(cell).reduce<number>((sum, item) => sum + NUMBER_BYTES + cellBytes(item), 0);
}

/** Keys of the map column `extra`. */
const mapKeys = ({ columns }: ColumnarRows): number => Object.keys(columns['extra'] ?? {}).length;

/** Bytes of the string columns. A column holds only strings or none. */
function stringBytes({ columns }: ColumnarRows): number {
  let units = 0;
  for (const name in columns) {
    const column = columns[name];
    if (!Array.isArray(column) || typeof column[0] !== 'string') continue;
    for (const value of column) units += String(value).length;
  }
  return units * UNIT_BYTES;
}
