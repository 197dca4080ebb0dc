import type { EventLog } from '@tributary/event-log';
import type { Projector, Rebuilt } from '@tributary/projection';

type RebuildOptions = { readonly verify: boolean; readonly acceptMissing?: boolean };
type Live = { readonly log: Pick<EventLog, 'head'>; readonly projector: Projector };

/** Rebuilds the tables in shadow tables, and exchanges them unless the request is only to verify. */
export async function rebuild({ log, projector }: Live, request: RebuildOptions): Promise<Rebuilt> {
  /* Events in the log by now are included. Tables of a stopped projector are rebuilt all the same. */
  await projector.reached(log.head()).catch(() => undefined);
  return projector.rebuildInShadow(request);
}
