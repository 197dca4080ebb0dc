import type { Cursors } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import { TABLES_CURSOR } from './state/projector-states.ts';
import type { Sink } from './sink.ts';

type Register = {
  /** Rows of `log_event` for the positions after `after` up to `until`, and how many positions they are for. */
  readonly rows: (
    after: EventPosition,
    until: EventPosition,
  ) => Promise<{ readonly rows: number; readonly positions: number }>;
};

/**
 * A sink for a partition whose last batch may be inserted again. The engine drops a repeated block while it remembers its
 * token, which it does for a number of later blocks. `log_event` is the first table of each batch and gets a block of
 * each, so it forgets first: its rows are counted after its block was inserted again, and where the engine did not drop
 * that, no other table gets its block. It is really inserted, whenever, since nothing else shows what is forgotten. Throws Fault `batch_expired`.
 */
export function countedOnce<Block>(
  sink: Sink<Block>,
  cursors: Pick<Cursors, 'get'>,
  register: Register,
): Sink<Block> {
  const planned = cursors.get(TABLES_CURSOR)?.planned;
  const repeated = planned && `log_event:${planned.token}#`;
  return {
    openBlock: (table) => sink.openBlock(table),
    empty: (table) => sink.empty(table),
    async insert(batch) {
      if (!planned || repeated === undefined || !batch.token.startsWith(repeated)) return sink.insert(batch);
      const { range: _, ...unlimited } = batch;
      await sink.insert(unlimited);
      const { from, to } = planned;
      const { rows, positions } = await register.rows(parseEventPosition(from), parseEventPosition(to));
      if (rows > positions) throw expired(from, to);
    },
  };
}

const expired = (from: string, to: string): Fault =>
  new Fault(
    'batch_expired',
    `the batch of the events after ${from} up to ${to} was planned so long ago that the engine has forgotten its token, and some of it is in the tables: going on would count events twice; run the projector with \`rebuild\``,
  );
