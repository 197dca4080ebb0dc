import type { Position } from '@tributary/kernel';
import { startBackfill } from './backfill.ts';
import type { Backfill } from './backfill.ts';
import { compare, sumsUntil } from './compare.ts';
import type { Comparison, EarlySums } from './compare.ts';
import { finishExchange } from './exchange.ts';
import type { HeldTables, RebuildRequest, RebuildStore } from './rebuild-store.ts';

/** How the live tables compare with what the log says, and what became of them. */
export type Rebuilt = Comparison & {
  /** Both sides held every event up to here when they were compared. */
  readonly position: Position;
  /** Whether the new tables are the live ones now. */
  readonly exchanged: boolean;
};

/**
 * Rebuilds the tables of a log: prepares shadow tables, fills them while the live ones go on, compares both, plans the
 * exchange and exchanges them, unless the request is only to verify. The state of each phase is durable in the store:
 * after a kill, the next run resumes the backfill or finishes the exchange. Throws what stops the backfill, the faults
 * of `finishExchange`, and those of the store.
 */
export async function runRebuild(store: RebuildStore, { verify, fresh }: RebuildRequest): Promise<Rebuilt> {
  try {
    await store.prepare(fresh);
    const rebuilt = await fillAndCompare(store, verify);
    await store.shadow.drop();
    return rebuilt;
  } catch (error) {
    await store.abandon().catch(() => undefined);
    throw error;
  }
}

async function fillAndCompare(store: RebuildStore, verify: boolean): Promise<Rebuilt> {
  const backfill = await startBackfill(store);
  try {
    let filled = await backfill.catchUp();
    const early = await sumsUntil(store, filled);
    const catchUp = async (): Promise<void> => void (filled = await backfill.catchUp());
    for (;;) {
      if (verify) await catchUp();
      else await store.untilHoldable(catchUp);
      const rebuilt = await store.hold(filled, (held) => {
        filled = held.offsets;
        return compareHeld(store, { backfill, early, verify, held });
      });
      if (!verify && !rebuilt.exchanged) continue;
      if (rebuilt.exchanged) await finishExchange(store.exchange);
      return rebuilt;
    }
  } finally {
    await backfill.end();
  }
}

type Step = {
  readonly backfill: Backfill;
  readonly early: EarlySums;
  readonly verify: boolean;
  readonly held: HeldTables;
};

/** Compares, and plans the exchange. Nothing is exchanged where the live tables have moved meanwhile. */
async function compareHeld(store: RebuildStore, { backfill, early, verify, held }: Step): Promise<Rebuilt> {
  await backfill.to(held.offsets);
  store.report('comparing');
  const compared = await compare(store, early, held);
  const position = store.positionAt(held.offsets);
  if (verify) return { ...compared, position, exchanged: false };
  const marks = await store.shadow.marks(store.exchange.tables);
  return { ...compared, position, exchanged: await store.planExchange(marks, held.offsets) };
}
