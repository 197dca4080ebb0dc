import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
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
  /** Rows of the batch in the table of a block. */
  readonly stored: (range: BlockRange) => Promise<number>;
  /** Whether the engine may have forgotten the tokens of what that table has of the batch. */
  readonly isForgotten: (range: BlockRange) => Promise<boolean>;
  /** Whether the views of that table have what was made of its rows; false also where that cannot be found out. */
  readonly viewsAgree: (range: BlockRange) => Promise<boolean>;
};

/**
 * A sink for a partition whose last batch may be inserted again. The engine drops a repeated block while it remembers its
 * token, which it does for a number of later blocks of the same table, whoever inserts them. Throws Fault `batch_expired`
 * where some of the batch is in the tables and it is not certain that the rest of it would be counted once.
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
      if (await isWhole(range, { planned, inserted })) return;
      return sink.insert(batch);
    },
  };
}

/** The first table of each batch. It gets a block of each, so it usually forgets first. */
const WITNESS = 'log_event';

type Repeated = { readonly planned: Planned; readonly inserted: InsertedRows };

/**
 * The rows are counted after the block was inserted again, and where the engine did not drop that, no other table gets its
 * block. It is really inserted, whenever, since nothing else shows what is forgotten on a cluster.
 */
async function insertWitness<Block>(
  sink: Sink<Block>,
  batch: Parameters<Sink<Block>['insert']>[0],
  { planned, inserted }: Repeated,
): Promise<void> {
  const { range: _, ...unlimited } = batch;
  await sink.insert(unlimited);
  const { from, to } = planned;
  const { rows, positions } = await inserted.registered(parseEventPosition(from), parseEventPosition(to));
  if (rows > positions) throw expired(planned);
}

/**
 * Whether a block is in its table and its views, and must not be inserted again because the engine may have forgotten it.
 * The blocks of a table are inserted in order. While the engine remembers a block, its repetition completes the views.
 */
async function isWhole(range: BlockRange, { planned, inserted }: Repeated): Promise<boolean> {
  const isThere = (await inserted.stored(range)) >= range.before + range.rows;
  if (!isThere || !(await inserted.isForgotten(range))) return false;
  if (await inserted.viewsAgree(range)) return true;
  throw expired(planned);
}

const expired = ({ from, to }: Planned): Fault =>
  new Fault(
    'batch_expired',
    `the batch of the events after ${from} up to ${to} was planned so long ago that the engine has forgotten its token, and some of it is in the tables: going on would count events twice; run the projector with \`rebuild\``,
  );
