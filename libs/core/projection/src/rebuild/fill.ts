import type { Cursor } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { parseEventPosition } from '@tributary/kernel';
import { CURSOR, emptied, planRebuild } from '../cursor.ts';
import { openMisfits } from '../misfits.ts';
import { carry, gatherTo } from '../step.ts';
import type { Work } from '../step.ts';
import { cursorsBeside } from './exchange.ts';
import type { Live } from './live.ts';

/** Fills the tables beside from the log. */
export type Filling = {
  /** Up to here every event is in the tables beside. */
  position(): Position;
  /** Up to a position exactly. */
  to(position: Position, signal?: AbortSignal): Promise<void>;
  /** Up to where the live tables are, until waiting longer would bring the two no closer. */
  after(position: () => Position, signal: AbortSignal): Promise<void>;
};

/** Begins with empty tables, an epoch above the live one and no misfits. */
export async function beginFilling({ options, shadow, cursor: live }: Live): Promise<Filling> {
  const cursors = cursorsBeside(options.log.cursors);
  const misfits = openMisfits(cursors, options.park);
  let cursor: Cursor = emptied(planRebuild(live(), options.version));
  const save = async (next: Cursor): Promise<void> => {
    await cursors.set(CURSOR, next);
    cursor = next;
  };
  const fill: Work['sink']['fill'] = (table) => options.sink.fill(shadow.nameOf(table));
  const work: Work = { ...options, sink: { ...options.sink, fill }, misfits, save };
  await misfits.forget();
  await save(cursor);

  const to: Filling['to'] = (position, signal) =>
    fillTo(work, { to: position, cursor: () => cursor, signal });
  return {
    position: () => cursor.position,
    to,
    async after(position, signal) {
      for (let left = Infinity; ;) {
        signal.throwIfAborted();
        const target = position();
        const gap = parseEventPosition(target) - parseEventPosition(cursor.position);
        if (gap <= 0 || gap >= left) return;
        left = gap;
        await to(target, signal);
      }
    },
  };
}

type Goal = {
  readonly to: Position;
  readonly cursor: () => Cursor;
  readonly signal?: AbortSignal | undefined;
};

/** While one batch goes in, the next is gathered. */
async function fillTo(work: Work, { to, cursor, signal }: Goal): Promise<void> {
  let inserting: Promise<void> = Promise.resolve();
  try {
    for (let from = cursor().position; parseEventPosition(from) < parseEventPosition(to);) {
      const [batch] = await Promise.all([gatherTo(work, from, to), inserting]);
      signal?.throwIfAborted();
      from = batch.to() ?? to;
      inserting = carry(work, cursor(), batch);
      inserting.catch(() => undefined);
    }
  } finally {
    await inserting;
  }
}
