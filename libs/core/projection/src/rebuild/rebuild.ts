import type { Position } from '@tributary/kernel';
import { startBackfill } from './backfill.ts';
import type { Backfill } from './backfill.ts';
import { compare, sumsUntil } from './compare.ts';
import type { Comparison, EarlySums } from './compare.ts';
import { finishExchange } from './exchange.ts';
import { lossFault } from './lost-facts.ts';
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
 * after a kill, the next run resumes the backfill or finishes the exchange. Throws Fault `rebuild_would_lose`, what stops the backfill, the faults
 * of `finishExchange`, and those of the store.
 */
export async function runRebuild(store: RebuildStore, request: RebuildRequest): Promise<Rebuilt> {
  try {
    await store.prepare(request.fresh);
    const rebuilt = await fillAndCompare(store, request);
    await store.shadow.drop();
    return rebuilt;
  } catch (error) {
    await store.abandon().catch(() => undefined);
    throw error;
  }
}

async function fillAndCompare(store: RebuildStore, request: RebuildRequest): Promise<Rebuilt> {
  const { verify } = request;
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
        return compareHeld(store, { backfill, early, request, held });
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
  readonly request: RebuildRequest;
  readonly held: HeldTables;
};

/** Compares, and plans the exchange. Nothing is exchanged where the live tables have moved meanwhile. */
async function compareHeld(store: RebuildStore, { backfill, early, request, held }: Step): Promise<Rebuilt> {
  await backfill.to(held.offsets);
  store.report('comparing');
  const compared = await compare(store, early, held);
  const position = store.positionAt(held.offsets);
  if (request.verify) return { ...compared, position, exchanged: false };
  const lost =
    request.acceptMissing === true ? [] : ((await store.lost?.(compared.tables, held.offsets)) ?? []);
  if (lost.length > 0) throw lossFault(lost);
  const marks = await store.shadow.marks(store.exchange.tables);
  return { ...compared, position, exchanged: await store.planExchange(marks, held.offsets) };
}
