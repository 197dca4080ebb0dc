import type { Cursors } from '@tributary/event-log';
import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { EventPosition, Position } from '@tributary/kernel';
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
  /** Rows of the batch in the table of a block; undefined where it takes too long to count them. */
  readonly stored: (range: BlockRange) => Promise<number | undefined>;
  /** Whether views make rows of those of that table. */
  readonly hasViews: (range: BlockRange) => Promise<boolean>;
  /** Whether the engine has certainly forgotten the tokens of what that table has of the batch, or is about to. */
  readonly isForgotten: (range: BlockRange) => Promise<boolean>;
  /** Whether the views of that table have what was made of its rows; undefined where it takes too long to compare them. */
  readonly viewsAgree: (range: BlockRange) => Promise<boolean | undefined>;
};

/**
 * A sink for a partition whose last batch may be inserted again. The engine drops a repeated block while it remembers its
 * token, which it does for a number of later blocks of the same table, whoever inserts them. Throws Fault `batch_expired`
 * where some of the batch is in the tables and it is not certain that the rest of it would be counted once, and
 * `insert_uncertain` (retryable) where counting what is there, or comparing the views with it, takes too long at present.
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
      const { range } = batch;
      if (!planned || !range || !batch.token.startsWith(`${range.table}:${planned.token}#`))
        return sink.insert(batch);
      if (range.table === WITNESS) return insertWitness(sink, batch, { planned, inserted });
      return insertOther(sink, { ...batch, range }, { planned, inserted });
    },
  };
}

/** The first table of each batch. It gets a block of each, so it usually forgets first. */
const WITNESS = 'log_event';

type Batch<Block> = Parameters<Sink<Block>['insert']>[0];
type Repeated = { readonly planned: Planned; readonly inserted: InsertedRows };

/**
 * The rows are counted after the block was inserted again, and where the engine did not drop that, no other table gets its
 * block. It is really inserted, whenever, since nothing else shows what is forgotten on a cluster: a count before it says
 * what is there, and not whether the other tables would drop theirs.
 */
async function insertWitness<Block>(
  sink: Sink<Block>,
  batch: Batch<Block>,
  { planned, inserted }: Repeated,
): Promise<void> {
  const { range: _, ...unlimited } = batch;
  await sink.insert(unlimited);
  const { from, to } = planned;
  const { rows, positions } = await inserted.registered(parseEventPosition(from), parseEventPosition(to));
  if (rows > positions) throw expired(planned);
}

/**
 * Nothing is inserted while its rows cannot be counted, and what was is counted after: the engine may have forgotten this
 * table before the first one. The blocks of a table are inserted in order, so a block is in its table where that has as many rows of the batch. It is
 * repeated only where a view may lack its rows, which its repetition completes while the engine remembers it.
 */
async function insertOther<Block>(
  sink: Sink<Block>,
  batch: Batch<Block> & { readonly range: BlockRange },
  { planned, inserted }: Repeated,
): Promise<void> {
  const { range } = batch;
  const countOnce = async (): Promise<number> => {
    const rows = await inserted.stored(range);
    if (rows === undefined) throw uncounted(range);
    if (rows > range.total) throw expired(planned);
    return rows;
  };
  if ((await countOnce()) < range.before + range.rows) return sink.insert(batch);
  if (!(await inserted.hasViews(range))) return;
  if (!(await inserted.isForgotten(range))) {
    await sink.insert(batch);
    await countOnce();
    return;
  }
  const haveAll = await inserted.viewsAgree(range);
  if (haveAll === undefined) throw uncounted(range);
  if (!haveAll) throw expired(planned);
}

const uncounted = ({ table, after, until }: BlockRange): Fault =>
  new Fault(
    'insert_uncertain',
    `the rows of tributary.${table} for the events after ${formatEventPosition(after)} up to ${formatEventPosition(until)} cannot be counted at present, or not be compared with their views, because that takes longer than TRIBUTARY_QUERY_TIMEOUT_MS or too much memory: the batch is repeated until they can. Where this stays, set TRIBUTARY_QUERY_TIMEOUT_MS of the projector higher or give ClickHouse more memory`,
    { retryable: true },
  );

const expired = ({ from, to }: Planned): Fault =>
  new Fault(
    'batch_expired',
    `the batch of the events after ${from} up to ${to} was planned so long ago that the engine has forgotten its token, and some of it is in the tables: going on would count events twice; run the projector with \`rebuild\``,
  );
