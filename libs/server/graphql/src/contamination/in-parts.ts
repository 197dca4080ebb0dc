import { appendAll } from '@tributary/kernel';

/** Values that one query names. */
const AT_ONCE = 5_000;

/** The rows of a query about any number of values, which is asked of some of them after the others. */
export async function inParts<Value, Row>(
  values: readonly Value[],
  read: (some: Value[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += AT_ONCE)
    appendAll(rows, await read(values.slice(from, from + AT_ONCE)));
  return rows;
}
