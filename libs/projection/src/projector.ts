import { ordinal } from '@tributary/event-log';
import type { Cursor } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { arrivals } from './arrivals.ts';
import { CURSOR, firstCursor, planRebuild } from './cursor.ts';
import { follow } from './follow.ts';
import type { Following } from './follow.ts';
import { recover } from './step.ts';
import type { Work } from './step.ts';

export type ProjectorOptions = Omit<Work, 'save'> & Pick<Following, 'patience'>;

export type Projector = {
  /** Up to here every event is in the tables. */
  position(): Position;
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
  const { cursors } = options.log;
  let cursor: Cursor = cursors.get(CURSOR) ?? firstCursor;
  const save = async (next: Cursor): Promise<void> => {
    await cursors.set(CURSOR, next);
    cursor = next;
  };
  const work: Work = { ...options, save };
  await recover(work, cursor);

  const waiting = arrivals();
  const following: Following = { work, waiting, patience: options.patience, cursor: () => cursor };
  let life = follow(following);

  return {
    position: () => cursor.position,
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
      await save(planRebuild(cursor));
      await recover(work, cursor);
      life = follow(following);
    },
    stop: () => life.stop(),
  };
}
