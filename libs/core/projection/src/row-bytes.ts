import type { Cell, ColumnarRows, Row } from '@tributary/kernel';

/** Bytes of a row besides its texts and lists, from above. */
const ROW_BYTES = 256;

/** Bytes of a UTF-16 unit in UTF-8, from above. */
const UNIT_BYTES = 3;

/** Bytes of a number in a list or map with its key's index, from above. */
const NUMBER_BYTES = 12;

/**
 * Bytes that rows take in a block, from above: a short fact can make long rows, because a name may stand in each.
 * Depends on the rows alone, so that a replay closes a batch where the first try did.
 */
export function weightOf(rows: readonly Row[] | ColumnarRows): number {
  if ('count' in rows) return rows.count * (ROW_BYTES / 4 + NUMBER_BYTES * mapKeys(rows)) + textsOf(rows);
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

/** Metrics that go into the map of each row. */
const mapKeys = ({ columns }: ColumnarRows): number => Object.keys(columns['extra'] ?? {}).length;

/** Columns of texts; a column holds texts alone or none. */
function textsOf({ columns }: ColumnarRows): number {
  let units = 0;
  for (const name in columns) {
    const column = columns[name];
    if (!Array.isArray(column) || typeof column[0] !== 'string') continue;
    for (const text of column) units += String(text).length;
  }
  return units * UNIT_BYTES;
}
