import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { EventPosition, Position } from '@tributary/kernel';
import { TABLES_CURSOR } from './state/projector-states.ts';
import type { BlockRange, Sink } from './sink.ts';

type Planned = { readonly from: Position; readonly to: Position; readonly token: string };

/** What the tables have of a batch. */
type Inserted = {
  /** Rows of `log_event` for the positions after `after` up to `until`, and how many positions they are for. */
  readonly rows: (
    after: EventPosition,
    until: EventPosition,
  ) => Promise<{ readonly rows: number; readonly positions: number }>;
  /** Rows of the batch in the table of a block. */
  readonly rowsInTable: (range: BlockRange) => Promise<number>;
  /** Whether the views of that table have what was made of its rows. */
  readonly viewsAgree: (range: BlockRange) => Promise<boolean>;
};

/**
 * A sink for a partition whose last batch may be inserted again. The engine drops a repeated block while it remembers its
 * token, which it does for a number of later blocks of the table. `log_event` is the first table of each batch and gets a
 * block of each, so it forgets before every table that gets one too. A table that gets several blocks of a batch may
 * forget earlier. Throws Fault `batch_expired`.
 */
export function countedOnce<Block>(
  sink: Sink<Block>,
  cursors: Pick<Cursors, 'get'>,
  inserted: Inserted,
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
      if (range.blocks > 1) return insertAbsent(sink, { ...batch, range }, { planned, inserted });
      return sink.insert(batch);
    },
  };
}

const WITNESS = 'log_event';

type Batch<Block> = Parameters<Sink<Block>['insert']>[0];
type Repeated = { readonly planned: Planned; readonly inserted: Inserted };

/**
 * The rows are counted after the block was inserted again, and where the engine did not drop that, no other table gets its
 * block. It is really inserted, whenever, since nothing else shows what is forgotten.
 */
async function insertWitness<Block>(
  sink: Sink<Block>,
  batch: Batch<Block>,
  repeated: Repeated,
): Promise<void> {
  const { planned, inserted } = repeated;
  const { range: _, ...unlimited } = batch;
  await sink.insert(unlimited);
  const { from, to } = planned;
  const { rows, positions } = await inserted.rows(parseEventPosition(from), parseEventPosition(to));
  if (rows > positions) throw expired(planned);
}

/** A block that is in its table and in the views of that is not inserted again, as the blocks of a table are inserted in order. */
async function insertAbsent<Block>(
  sink: Sink<Block>,
  batch: Batch<Block> & { readonly range: BlockRange },
  { planned, inserted }: Repeated,
): Promise<void> {
  const { range } = batch;
  const found = await inserted.rowsInTable(range);
  const isThere = found >= range.before + range.rows;
  if (isThere && (await inserted.viewsAgree(range))) return;
  await sink.insert(batch);
  if (isThere && (await inserted.rowsInTable(range)) > found) throw expired(planned);
}

const expired = ({ from, to }: Planned): Fault =>
  new Fault(
    'batch_expired',
    `the batch of the events after ${from} up to ${to} was planned so long ago that the engine has forgotten its token, and some of it is in the tables: going on would count events twice; run the projector with \`rebuild\``,
  );
