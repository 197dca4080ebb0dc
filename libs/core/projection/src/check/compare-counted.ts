import type { Projection } from '@tributary/contracts';
import { Fault, formatEventPosition, partitionOf, partitionStart } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { countedRows, countedTotals, ofTable, storedRows, storedTotal } from './check-queries.ts';
import { countDifferences, countedEnds, rangeDifferences } from './range-differences.ts';
import type { CountedPartition, CountedSum, RangeDifference, RangeSums } from './range-differences.ts';
import type { GroupFinding, Outcome } from './registered-events.ts';

/** Tables of a group whose rows were counted as they were inserted. */
export type CountedGroup = { readonly reader: SqlReader; readonly partitions: readonly CountedPartition[] };

/** The tables that a group may fill: those of the projections, and the register of events. Views fill some of them. */
export const groupTables = (projections: readonly Projection[]): readonly string[] => [
  ...new Set([...projections.flatMap(({ tables }) => tables), 'log_event']),
];

/** The tables that have counts. */
export async function countedTables(reader: SqlReader): Promise<ReadonlySet<string>> {
  return new Set((await reader.all(countedTotals, {})).map(({ name }) => name));
}

/**
 * Whether the counts themselves are there, for all positions that were counted. Without them, rows that are missing would
 * not be noticed.
 */
export async function compareCounts({ reader, partitions }: CountedGroup): Promise<GroupFinding | undefined> {
  if (partitions.length === 0) return undefined;
  const counted = countedOf(await reader.all(countedRows, { name: '' }));
  const [first, ...more] = countDifferences(counted, partitions);
  return (
    first && shortOf(`log_range counts ${first.found.rows} of ${first.wanted.rows} positions`, first, more)
  );
}

/**
 * Compares the rows of a table with what was counted when they were inserted: of the positions up to the last one that was
 * counted, whatever is inserted meanwhile. Reads the positions of all rows. A table that has no counts is not compared: a
 * view fills it, or nothing ever did. Throws the Faults of the reader that may pass.
 */
export async function compareTable({ reader, partitions }: CountedGroup, table: string): Promise<Outcome> {
  if (partitions.length === 0) return undefined;
  const counted = countedOf(await reader.all(countedRows, { name: table }));
  if (![...counted.values()].some(({ rows }) => rows > 0)) return undefined;
  return legible(table, async () => {
    /* The counts of a batch are inserted after its rows, so the rows of all that is counted are there by now. */
    const bounded = { as_of: countedEnds(counted) };
    const stored = sumsOf(await reader.all(ofTable(storedRows, table), bounded));
    const [first, ...more] = rangeDifferences(counted, stored, partitions);
    return first && shortOf(`${table} has ${first.found.rows} of ${first.wanted.rows} rows`, first, more);
  });
}

/**
 * Compares how many rows each table has with what was counted, without reading a row, where everything was counted since
 * the first event. What is missing is then looked for by range. Rows of a batch that is being inserted can stand in for
 * as many that are missing, until a later look, or until the table is compared by ranges.
 */
export async function compareTotals(group: CountedGroup, tables: readonly string[]): Promise<Outcome> {
  const { reader, partitions } = group;
  const isCountedFromStart = partitions.every(({ after }) => after === partitionStart(partitionOf(after)));
  if (partitions.length === 0 || !isCountedFromStart) return undefined;
  const totals = (await reader.all(countedTotals, {})).filter(({ name }) => tables.includes(name));
  return firstFinding(totals, ({ name, row_total: counted }) =>
    legible(name, async () => {
      const [stored] = await reader.all(ofTable(storedTotal, name), {});
      if (stored && stored.row_total >= counted) return undefined;
      const found = await compareTable(group, name);
      if (found && found.code !== 'not_compared') return found;
      return short(`${name} has ${stored?.row_total ?? 0} rows, and ${counted} were inserted`);
    }),
  );
}

/** The first difference. Where there is none, the first comparison that could not be made. */
export async function firstFinding<Item>(
  items: readonly Item[],
  compare: (item: Item) => Promise<Outcome>,
): Promise<Outcome> {
  let uncompared: Outcome;
  for (const item of items) {
    const outcome = await compare(item);
    if (outcome && outcome.code !== 'not_compared') return outcome;
    uncompared ??= outcome;
  }
  return uncompared;
}

type SumRow = {
  readonly position_range: number;
  readonly row_total: number;
  readonly offset_total: number;
};

const sumsOf = (rows: readonly SumRow[]): RangeSums =>
  new Map(
    rows.map(({ position_range, row_total, offset_total }) => [
      position_range,
      { rows: row_total, offsets: offset_total },
    ]),
  );

const countedOf = (rows: readonly (SumRow & Pick<CountedSum, 'positions' | 'last'>)[]) =>
  new Map(
    rows.map(({ position_range, row_total, offset_total, positions, last }): [number, CountedSum] => [
      position_range,
      { rows: row_total, offsets: offset_total, positions, last },
    ]),
  );

const short = (detail: string): GroupFinding => ({ code: 'tables_short', detail });

function shortOf(
  what: string,
  { before, last }: RangeDifference,
  { length }: readonly RangeDifference[],
): GroupFinding {
  const span = `at positions ${formatEventPosition(before + 1)} to ${formatEventPosition(last)}`;
  return short(`${what} ${span}${length === 0 ? '' : `, and ${length} later ranges differ too`}`);
}

/**
 * A statement that the engine refuses names a table that is damaged or gone. After one that takes too long or too much
 * memory the table was not compared. Other faults that may pass are thrown.
 */
export async function legible(table: string, compare: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await compare();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    if (fault.code === 'query_overdue' || fault.code === 'query_memory')
      return { code: 'not_compared', detail: `${table} was not compared: ${fault.message}` };
    if (fault.retryable) throw fault;
    return short(`${table} cannot be read: ${fault.message}`);
  }
}
