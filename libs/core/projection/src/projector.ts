import type { Cursor } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { arrivals } from './arrivals.ts';
import { CURSOR, firstCursor, planRebuild, versionOf } from './cursor.ts';
import { follow } from './follow.ts';
import type { Following, Life } from './follow.ts';
import { openMisfits } from './misfits.ts';
import type { ParkedEvent, Unprojected } from './misfits.ts';
import { settleExchange } from './rebuild/exchange.ts';
import type { Live } from './rebuild/live.ts';
import { rebuildBeside } from './rebuild/rebuild-beside.ts';
import type { RebuildOptions, Rebuilt } from './rebuild/rebuild-beside.ts';
import type { Shadow } from './rebuild/shadow.ts';
import { openLiving } from './rebuild/living.ts';
import { openTurns } from './rebuild/turns.ts';
import { recover } from './step.ts';
import type { Work } from './step.ts';

export type ProjectorOptions = Omit<Work, 'save' | 'misfits'> &
  Pick<Following, 'patience'> & {
    /** Takes an event that makes no rows; it may be told of the same one again. */
    readonly park?: (event: ParkedEvent) => Promise<unknown>;
    /** What makes the tables, of `tablesVersion`: tables that another version made are emptied and filled again. */
    readonly version: string;
    /** Where `rebuildBeside` fills new tables. */
    readonly shadow?: Shadow;
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
  /**
   * Folds the log into new tables beside the live ones, which go on, and exchanges them. Throws Fault `no_shadow`,
   * `rebuild_under_way` while another one runs, `stopping`, or what stopped the filling; then the live tables stay.
   */
  rebuildBeside(options?: RebuildOptions): Promise<Rebuilt>;
  /** Finishes the batch under way; a rebuild ends before its exchange, or with it. */
  stop(): Promise<void>;
};

/**
 * Follows the log from the durable cursor on. What the last life left half done is done before this resolves: a batch,
 * an exchange of tables; and what it filled beside the tables and did not exchange is dropped.
 */
export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { version, shadow } = options;
  const { cursors } = options.log;
  let cursor: Cursor = firstCursor(version);
  const save = async (next: Cursor): Promise<void> => {
    await cursors.set(CURSOR, next);
    cursor = next;
  };
  const misfits = openMisfits(cursors, options.park);
  const work: Work = { ...options, misfits, save };
  const waiting = arrivals();
  const following: Following = { work, waiting, patience: options.patience, cursor: () => cursor };

  const begin = async (): Promise<Life> => {
    await settleExchange(cursors, options);
    cursor = cursors.get(CURSOR) ?? firstCursor(version);
    if (versionOf(cursor) !== version) await save(planRebuild(cursor, version));
    await recover(work, cursor);
    return follow(following);
  };
  await settleExchange(cursors, options);
  await shadow?.drop();
  const living = await openLiving(begin, (reason) => waiting.fail(reason));
  const turns = openTurns();
  /** At the end of a batch, whatever stopped the last one. */
  const paused: Live['paused'] = (turn) =>
    living.paused(async () => {
      await recover(work, cursor);
      return turn();
    });

  return {
    position: () => cursor.position,
    unprojected: () => misfits.current(),
    fault: () => living.life().fault(),
    reached: (target) => {
      if (parseEventPosition(target) <= parseEventPosition(cursor.position)) return Promise.resolve();
      const life = living.life();
      if (life.fault() !== undefined) return Promise.reject(life.fault());
      const arrival = waiting.wait(target);
      life.hurry();
      return arrival;
    },
    rebuild: () => turns.take(() => living.paused(() => save(planRebuild(cursor, version)))),
    rebuildBeside: (asked = {}) =>
      turns.take(async (signal) => {
        if (!shadow)
          throw new Fault('no_shadow', 'this projector has no place for tables beside the live ones');
        return rebuildBeside({ options, shadow, cursor: () => cursor, paused }, { ...asked, signal });
      }),
    stop: async () => {
      await turns.end();
      await living.life().stop();
    },
  };
}
