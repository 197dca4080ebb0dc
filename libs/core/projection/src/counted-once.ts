import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { EventPosition, Position } from '@tributary/kernel';
import { RANGE_TABLE } from './check/range-counts.ts';
import { requireRows, uncounted } from './required-rows.ts';
import { TABLES_CURSOR } from './state/projector-states.ts';
import type { BlockRange, Sink } from './sink.ts';

type Planned = { readonly from: Position; readonly to: Position; readonly token: string };

/** What the tables have of a batch. */
export type InsertedRows = {
  /** Rows of `log_event` for the positions after `after` up to `until`, and how many positions they are for. */
  readonly registered: (
    after: EventPosition,
    until: EventPosition,
  ) => Promise<{ readonly rows: number; readonly positions: number }>;
  /** Rows of the batch in the table of a block; undefined where it takes too long to count them. In `log_range`, all or none. */
  readonly stored: (range: BlockRange) => Promise<number | undefined>;
  /** Whether views make rows of those of that table. */
  readonly hasViews: (range: BlockRange) => Promise<boolean>;
  /** Whether the engine has certainly forgotten the tokens of what that table has of the batch, or is about to. */
  readonly isForgotten: (range: BlockRange) => Promise<boolean>;
  /**
   * Whether each table has replicas: they note a token together with its rows, and one of them may not have yet what
   * another one has confirmed. Otherwise what is confirmed is counted.
   */
  readonly isReplicated: boolean;
  /** Whether the views of that table have what was made of its rows; undefined where it takes too long to compare them. */
  readonly viewsAgree: (range: BlockRange) => Promise<boolean | undefined>;
};

/**
 * A sink for a partition whose last batch may be inserted again. The engine drops a repeated block while it remembers its
 * token, which it does for a number of later blocks of the same table, whoever inserts them. Throws Fault `batch_expired`
 * where some of the batch is in the tables and it is not certain that the rest of it would be counted once,
 * `insert_uncertain` (retryable) where counting what is there, or comparing the views with it, takes too long at present, and
 * `insert_incomplete` (retryable) where the engine drops a block whose rows it does not have.
 */
export function countedOnce<Block>(
  sink: Sink<Block>,
  cursors: Pick<Cursors, 'get'>,
  inserted: InsertedRows,
): Sink<Block> {
  const planned = cursors.get(TABLES_CURSOR)?.planned;
  return {
    openBlock: (table) => sink.openBlock(table),
    empty: (table) => sink.empty(table),
    async insert(batch) {
      const { range, token } = batch;
      if (!planned || !range) return sink.insert(batch);
      const repeated = { ...batch, range };
      if (token === `${RANGE_TABLE}:${planned.token}`) return insertCounts(sink, repeated, inserted);
      if (!token.startsWith(`${range.table}:${planned.token}#`)) return sink.insert(batch);
      const insert = range.table === WITNESS ? insertWitness : insertOther;
      return insert(sink, repeated, { planned, inserted });
    },
  };
}

/** The first table of each batch. It gets a block of each, so it usually forgets first. */
const WITNESS = 'log_event';

type Batch<Block> = Parameters<Sink<Block>['insert']>[0] & { readonly range: BlockRange };
type Repeated = { readonly planned: Planned; readonly inserted: InsertedRows };

/**
 * The rows are counted after the block was inserted again, and where the engine did not drop that, no other table gets its
 * block. It is really inserted, whenever, since nothing else shows what is forgotten on a cluster: a count before it says
 * what is there, and not whether the other tables would drop theirs.
 */
async function insertWitness<Block>(
  sink: Sink<Block>,
  { range, ...unlimited }: Batch<Block>,
  { planned, inserted }: Repeated,
): Promise<void> {
  await sink.insert(unlimited);
  const { from, to } = planned;
  const { rows, positions } = await inserted.registered(parseEventPosition(from), parseEventPosition(to));
  if (rows > positions) throw expired(planned);
  if (!inserted.isReplicated) requireRows(rows, range);
}

/**
 * Nothing is inserted while its rows cannot be counted, and what was is counted after: the engine may have forgotten this
 * table before the first one. The blocks of a table are inserted in order, so a block is in its table where that has as many rows of the batch. It is
 * repeated only where a view may lack its rows, which its repetition completes while the engine remembers it.
 */
async function insertOther<Block>(
  sink: Sink<Block>,
  batch: Batch<Block>,
  { planned, inserted }: Repeated,
): Promise<void> {
  const { range } = batch;
  const countOnce = async (): Promise<number> => {
    const rows = await inserted.stored(range);
    if (rows === undefined) throw uncounted(range);
    if (rows > range.total) throw expired(planned);
    return rows;
  };
  const isThere = (await countOnce()) >= range.before + range.rows;
  if (isThere && !(await inserted.hasViews(range))) return;
  if (!isThere || !(await inserted.isForgotten(range))) {
    await sink.insert(batch);
    const rows = await countOnce();
    if (!inserted.isReplicated) requireRows(rows, range);
    return;
  }
  const haveAll = await inserted.viewsAgree(range);
  if (haveAll === undefined) throw uncounted(range);
  if (!haveAll) throw expired(planned);
}

/** Counts are inserted at once, so they are there or not; a batch that waits may be repeated after they are forgotten. */
async function insertCounts<Block>(
  sink: Sink<Block>,
  batch: Batch<Block>,
  { stored, isReplicated }: InsertedRows,
): Promise<void> {
  if (((await stored(batch.range)) ?? 0) > 0) return;
  await sink.insert(batch);
  if (!isReplicated) requireRows((await stored(batch.range)) ?? 0, batch.range);
}

const expired = ({ from, to }: Planned): Fault =>
  new Fault(
    'batch_expired',
    `the batch of the events after ${from} up to ${to} was planned so long ago that the engine has forgotten its token, and some of it is in the tables: going on would count events twice; run the projector with \`rebuild\``,
  );
