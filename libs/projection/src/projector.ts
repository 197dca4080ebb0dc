import { ordinal } from '@tributary/event-log';
import type { Cursor } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { arrivals } from './arrivals.ts';
import { CURSOR, firstCursor, planRebuild, versionOf } from './cursor.ts';
import { follow } from './follow.ts';
import type { Following } from './follow.ts';
import { openMisfits } from './misfits.ts';
import type { ParkedEvent, Unprojected } from './misfits.ts';
import { recover } from './step.ts';
import type { Work } from './step.ts';

export type ProjectorOptions = Omit<Work, 'save' | 'misfits'> &
  Pick<Following, 'patience'> & {
    /** Takes an event that makes no rows; it may be told of the same one again. */
    readonly park?: (event: ParkedEvent) => Promise<unknown>;
    /** What makes the tables, of `tablesVersion`: tables that another version made are emptied and filled again. */
    readonly version: string;
  };

export type Projector = {
  /** Up to here every event is in the tables. */
  position(): Position;
  /** Facts that made no rows and are left out of the tables; undefined where there are none. A rebuild tries them again. */
  unprojected(): Unprojected | undefined;
  /** What stopped the projector, if anything did. */
  fault(): unknown;
  /** Resolves once the tables hold every event up to `target`; rejects when the projector has stopped. */
  reached(target: Position): Promise<void>;
  /** Empties the tables and folds the log again under a new epoch; resolves when the fold has begun. */
  rebuild(): Promise<void>;
  /** Finishes the batch under way. */
  stop(): Promise<void>;
};

/** Follows the log from the durable cursor on. What the last life left half done is done before this resolves. */
export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { version } = options;
  const { cursors } = options.log;
  let cursor: Cursor = cursors.get(CURSOR) ?? firstCursor(version);
  const save = async (next: Cursor): Promise<void> => {
    await cursors.set(CURSOR, next);
    cursor = next;
  };
  const misfits = openMisfits(cursors, options.park);
  const work: Work = { ...options, misfits, save };
  if (versionOf(cursor) !== version) await save(planRebuild(cursor, version));
  await recover(work, cursor);

  const waiting = arrivals();
  const following: Following = { work, waiting, patience: options.patience, cursor: () => cursor };
  let life = follow(following);

  return {
    position: () => cursor.position,
    unprojected: () => misfits.current(),
    fault: () => life.fault(),
    reached: (target) => {
      if (ordinal(target) <= ordinal(cursor.position)) return Promise.resolve();
      if (life.fault() !== undefined) return Promise.reject(life.fault());
      const arrival = waiting.wait(target);
      life.hurry();
      return arrival;
    },
    rebuild: async () => {
      await life.stop();
      await save(planRebuild(cursor, version));
      await recover(work, cursor);
      life = follow(following);
    },
    stop: () => life.stop(),
  };
}
