import { ordinal } from '@tributary/event-log';
import type { Cursor } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { arrivals } from './arrivals.ts';
import { CURSOR, firstCursor, planRebuild } from './cursor.ts';
import type { Batch } from './batch.ts';
import { carry, gather, recover } from './step.ts';
import type { Work } from './step.ts';

export type ProjectorOptions = Omit<Work, 'save'> & {
  /** Calls back when a batch that is not full should wait no longer for more events; returns what calls it off. */
  readonly patience: (expire: () => void) => () => void;
};

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
  const waiting = arrivals();
  const work: Work = {
    ...options,
    save: async (next) => {
      await cursors.set(CURSOR, next);
      cursor = next;
    },
  };
  let cursor: Cursor = cursors.get(CURSOR) ?? firstCursor;
  await recover(work, cursor);

  let life = follow();

  /** One run of the loop, until it is told to stop or something it cannot decide on happens. */
  function follow() {
    const stopping = new AbortController();
    const state: { fault?: unknown; gathering: AbortController } = { gathering: new AbortController() };

    const nextBatch = async (from: Position): Promise<Batch> => {
      await options.log.changed(from, stopping.signal);
      state.gathering = new AbortController();
      const callOff = options.patience(() => state.gathering.abort());
      if (waiting.anyone()) state.gathering.abort();
      return gather(work, from, state.gathering.signal).finally(callOff);
    };
    const insert = async (batch: Batch): Promise<void> => {
      await carry(work, cursor, batch);
      waiting.reached(cursor.position);
    };
    /* While one batch goes in, the next is gathered: facts are encoded soon after they came, and freed. */
    let inserting: Promise<unknown> = Promise.resolve();
    const run = async (): Promise<void> => {
      for (let from = cursor.position; !stopping.signal.aborted; ) {
        const [batch] = await Promise.all([nextBatch(from), inserting]);
        from = batch.to() ?? from;
        inserting = insert(batch);
        inserting.catch(() => undefined);
      }
    };
    const fail = (reason: unknown): void => {
      if (stopping.signal.aborted) return;
      state.fault = reason;
      waiting.fail(reason);
    };
    const done = run()
      .catch(fail)
      .then(() => inserting)
      .then(() => undefined, fail);
    const stop = (): Promise<void> => {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      state.gathering.abort();
      return done;
    };
    return { state, stop, hurry: () => state.gathering.abort() };
  }

  return {
    position: () => cursor.position,
    fault: () => life.state.fault,
    reached: (target) => {
      if (ordinal(target) <= ordinal(cursor.position)) return Promise.resolve();
      if (life.state.fault !== undefined) return Promise.reject(life.state.fault);
      const arrival = waiting.wait(target);
      life.hurry();
      return arrival;
    },
    rebuild: async () => {
      await life.stop();
      await work.save(planRebuild(cursor));
      await recover(work, cursor);
      life = follow();
    },
    stop: () => life.stop(),
  };
}
