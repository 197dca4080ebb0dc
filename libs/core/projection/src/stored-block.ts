import type { Projection } from '@tributary/contracts';
import { Fault, query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import { ofTable } from './check/check-queries.ts';
import { RANGE_TABLE } from './check/range-counts.ts';
import type { InsertedRows } from './counted-once.ts';
import { registeredRows } from './event-register.ts';
import type { BlockRange } from './sink.ts';

/**
 * What a table has of a block: none of its rows, all that its insert makes, or rows without saying whether that is all,
 * because a view may lack its own.
 */
export type StoredBlock = 'absent' | 'stored' | 'uncertain';

const total = z.object({ row_total: z.coerce.number() });

const storedRange = query(import.meta.url, 'stored-range', {
  params: z.object({ after: z.number(), until: z.number() }),
  row: total,
});

const storedCounts = query(import.meta.url, 'stored-counts', {
  params: z.object({ until: z.number() }),
  row: total,
});

const blocksSince = query(import.meta.url, 'blocks-since', {
  params: z.object({ after: z.number(), until: z.number() }),
  row: z.object({ blocks: z.coerce.number(), remembered: z.coerce.number() }),
});

const fedViews = query(import.meta.url, 'fed-views', {
  params: z.object({ name: z.string() }),
  row: z.object({ views: z.coerce.number() }),
});

/**
 * Counts the rows of a block by position in its table, after an insert that got no answer. The positions of a batch are those
 * of one partition, and nobody but its owner inserts them. Where views depend on the table, they are compared with it by the
 * questions of its projection: while nothing differs, nothing is missing, whatever others insert. Throws the Faults of the
 * reader that may pass.
 */
export async function storedBlock(
  reader: SqlReader,
  range: BlockRange,
  projections: readonly Projection[],
): Promise<StoredBlock> {
  const { table, before, rows } = range;
  if (table === RANGE_TABLE) return storedRangeCounts(reader, range);
  const [found] = (await unlessTooLarge(reader.all(ofTable(storedRange, table), range))) ?? [];
  if (found?.row_total === before) return 'absent';
  const isWhole = found?.row_total === before + rows && (await haveViewsIt(reader, table, projections));
  return isWhole === true ? 'stored' : 'uncertain';
}

/** What a sink of `countedOnce` asks the tables. The questions throw the Faults of the reader that may pass. */
export const insertedRows = (
  reader: SqlReader,
  projections: readonly Projection[],
  isReplicated = false,
): InsertedRows => ({
  isReplicated,
  registered: (after, until) => registeredRows(reader, { after, until }),
  async stored(range) {
    if (range.table === RANGE_TABLE)
      return (await storedRangeCounts(reader, range)) === 'absent' ? 0 : range.rows;
    const [found] = (await unlessTooLarge(reader.all(ofTable(storedRange, range.table), range))) ?? [];
    return found?.row_total;
  },
  async hasViews({ table }) {
    const [fed] = await reader.all(fedViews, { name: table });
    return fed?.views !== 0;
  },
  async isForgotten(range) {
    const [found] = (await unlessTooLarge(reader.all(ofTable(blocksSince, range.table), range))) ?? [];
    if (!found || found.remembered === 0) return false;
    return found.blocks >= found.remembered * (1 - MARGIN);
  },
  viewsAgree: ({ table }) => haveViewsIt(reader, table, projections),
});

/** Share of the remembered blocks that others may insert between the question and the block that is repeated then. */
const MARGIN = 0.1;

async function storedRangeCounts(reader: SqlReader, range: BlockRange): Promise<StoredBlock> {
  const [counts] = await reader.all(storedCounts, range);
  return counts?.row_total === 0 ? 'absent' : 'stored';
}

/** Whether nothing differs; undefined where that takes too long to find out. */
async function haveViewsIt(
  reader: SqlReader,
  table: string,
  projections: readonly Projection[],
): Promise<boolean | undefined> {
  const [fed] = await reader.all(fedViews, { name: table });
  if (fed?.views === 0) return true;
  const own = projections.filter(({ tables }) => tables.includes(table));
  const rollups = own.flatMap((projection) => projection.rollups ?? []);
  let isCompared = true;
  for (const rollup of rollups) {
    const differing = await unlessTooLarge(reader.all(rollup, {}));
    if (differing === undefined) isCompared = false;
    else if (differing.length > 0) return false;
  }
  return isCompared ? rollups.length > 0 : undefined;
}

/** Undefined where a query takes too long or too much memory. */
async function unlessTooLarge<Rows>(reading: Promise<Rows>): Promise<Rows | undefined> {
  try {
    return await reading;
  } catch (fault) {
    const isTooLarge =
      fault instanceof Fault && (fault.code === 'query_overdue' || fault.code === 'query_memory');
    if (!isTooLarge) throw fault;
    return undefined;
  }
}
