import type { Cursors } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { parseEventPosition, START } from '@tributary/kernel';
import type { Misfit } from './misfit.ts';

/** Facts that the tables do not hold because they made no rows, since the tables were last empty. */
export type Unprojected = { readonly count: number; readonly first: Position; readonly last: Position };

/** An event of the log that made no rows, for whoever keeps such things. The log keeps the event in any case. */
export type ParkedEvent = {
  readonly position: Position;
  readonly bytes: Uint8Array;
  readonly fault: { readonly code: string; readonly message: string };
};

export type Misfits = {
  current(): Unprojected | undefined;
  /** Resolves once it is counted, durably and once, and parked. */
  park(misfit: Misfit): Promise<void>;
  /** The tables are filled again, and every fact gets another try. */
  forget(): Promise<void>;
};

/** A cursor beside the one of the tables: its range spans the facts, its token counts them. */
export const MISFITS = 'misfits';

export function unprojectedIn(cursor: Cursors['get']): Unprojected | undefined {
  const { planned } = cursor(MISFITS) ?? {};
  const count = Number(planned?.token ?? 0);
  return planned && count > 0 ? { count, first: planned.from, last: planned.to } : undefined;
}

export function openMisfits(
  cursors: Cursors,
  park: (event: ParkedEvent) => Promise<unknown> = () => Promise.resolve(),
): Misfits {
  const current = (): Unprojected | undefined => unprojectedIn((name) => cursors.get(name));
  return {
    current,
    park: async ({ event, fault }) => {
      const { position, bytes } = event;
      await park({ position, bytes, fault });
      const before = current();
      /* A replay finds again what was counted before. */
      if (before && parseEventPosition(position) <= parseEventPosition(before.last)) return;
      const planned = {
        from: before?.first ?? position,
        to: position,
        token: String((before?.count ?? 0) + 1),
      };
      await cursors.set(MISFITS, { position, planned });
    },
    forget: () => cursors.set(MISFITS, { position: START }),
  };
}
