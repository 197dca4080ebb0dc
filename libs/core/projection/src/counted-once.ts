import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import { RANGE_TABLE } from './check/range-counts.ts';
import { TABLES_CURSOR } from './state/projector-states.ts';
import type { BlockRange, Sink } from './sink.ts';

type Tables = {
  /** Rows of `log_event` for the positions after `after` up to `until`, and how many positions they are for. */
  readonly registered: (
    after: EventPosition,
    until: EventPosition,
  ) => Promise<{ readonly rows: number; readonly positions: number }>;
  /** Rows that a table has for the positions of a block's batch; undefined where it is too large to be asked. */
  readonly rows: (range: BlockRange) => Promise<number | undefined>;
};

type Planned = NonNullable<NonNullable<ReturnType<Cursors['get']>>['planned']>;

/**
 * A sink for a partition whose last batch may be inserted again. The engine drops a repeated block while it remembers its
 * token, which it does for a number of later blocks. `log_event` is the first table of each batch and gets a block of
 * each, so it forgets first: its rows are counted after its block was inserted again, and where the engine did not drop
 * that, no other table gets its block. It is really inserted, whenever, since nothing else shows what is forgotten. After
 * the counts of the batch, its last block, every table must have just the rows of the batch: a part that was lost
 * meanwhile would stay lost, because the engine drops its rows by their token. Throws Fault `batch_expired`, and
 * `batch_incomplete` (retryable).
 */
export function countedOnce<Block>(
  sink: Sink<Block>,
  cursors: Pick<Cursors, 'get'>,
  tables: Tables,
): Sink<Block> {
  const planned = cursors.get(TABLES_CURSOR)?.planned;
  const repeated = new Map<string, BlockRange>();
  return {
    openBlock: (table) => sink.openBlock(table),
    empty: (table) => sink.empty(table),
    async insert(batch) {
      const { range, token } = batch;
      if (!planned || !range || !isOf(planned, range.table, token)) return sink.insert(batch);
      if (range.table === RANGE_TABLE) {
        await sink.insert(batch);
        return requireWhole(repeated.values(), planned, tables);
      }
      repeated.set(range.table, { ...range, before: 0, rows: range.before + range.rows });
      if (range.table !== 'log_event') return sink.insert(batch);
      const { range: _, ...unlimited } = batch;
      await sink.insert(unlimited);
      await requireOnce(planned, tables);
    },
  };
}

const isOf = (planned: Planned, table: string, token: string): boolean =>
  token === `${table}:${planned.token}` || token.startsWith(`${table}:${planned.token}#`);

async function requireOnce({ from, to }: Planned, { registered }: Tables): Promise<void> {
  const { rows, positions } = await registered(parseEventPosition(from), parseEventPosition(to));
  if (rows > positions) throw expired(from, to);
}

/** The counts are there by now: what is missing is found by whoever compares the tables, and filled again. */
async function requireWhole(
  repeated: Iterable<BlockRange>,
  { from, to }: Planned,
  tables: Tables,
): Promise<void> {
  for (const range of repeated) {
    const rows = (await tables.rows(range)) ?? range.rows;
    if (rows > range.rows) throw expired(from, to);
    if (rows < range.rows) throw incomplete(range, rows, { from, to });
  }
}

const expired = (from: string, to: string): Fault =>
  new Fault(
    'batch_expired',
    `the batch of the events after ${from} up to ${to} was planned so long ago that the engine has forgotten its token, and some of it is in the tables: going on would count events twice; run the projector with \`rebuild\``,
  );

const incomplete = (
  { table, rows: wanted }: BlockRange,
  rows: number,
  { from, to }: Pick<Planned, 'from' | 'to'>,
): Fault =>
  new Fault(
    'batch_incomplete',
    `${table} has ${rows} of the ${wanted} rows of the events after ${from} up to ${to}, and does not take the others, because they were inserted before and lost: the partition waits until the tables are filled again, by a projector that compares them or by the command \`rebuild\``,
    { retryable: true },
  );
