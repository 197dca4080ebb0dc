import type { EventLog } from '@tributary/event-log';
import type { Projector, Rebuilt } from '@tributary/projection';

type Live = { readonly log: Pick<EventLog, 'head'>; readonly projector: Projector };

/** Fills new tables beside the live ones from the log, compares, and exchanges them unless it is only to verify. */
export async function rebuild({ log, projector }: Live, verify: boolean): Promise<Rebuilt> {
  /* What is in the log by now counts. Tables that have stopped are rebuilt all the same. */
  await projector.reached(log.head()).catch(() => undefined);
  return projector.rebuildInShadow({ verify });
}
