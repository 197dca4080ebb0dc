import { ordinal } from '@tributary/event-log';
import type { Cursor } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { arrivals } from './arrivals.ts';
import { CURSOR, firstCursor, isEmptying, isPending, planRebuild } from './cursor.ts';
import { step } from './step.ts';
import type { Work } from './step.ts';

export type ProjectorOptions = Omit<Work, 'save'> & {
  /** Aborts when a batch that is not full should wait no longer for more events. */
  readonly patience: () => AbortSignal;
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
  while (isPending(cursor) || isEmptying(cursor)) await step(work, cursor, AbortSignal.abort());

  let life = follow();

  /** One run of the loop, until it is told to stop or something it cannot decide on happens. */
  function follow() {
    const stopping = new AbortController();
    const state: { fault?: unknown; hurry: AbortController } = { hurry: new AbortController() };
    const run = async (): Promise<void> => {
      while (!stopping.signal.aborted) {
        await options.log.changed(cursor.position, stopping.signal);
        if (!waiting.anyone()) state.hurry = new AbortController();
        await step(work, cursor, AbortSignal.any([options.patience(), state.hurry.signal, stopping.signal]));
        waiting.reached(cursor.position);
      }
    };
    const done = run().catch((reason: unknown) => {
      if (stopping.signal.aborted) return;
      state.fault = reason;
      waiting.fail(reason);
    });
    const stop = (): Promise<void> => {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      return done;
    };
    return { state, stop, hurry: () => state.hurry.abort() };
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
      await step(work, cursor, AbortSignal.abort());
      life = follow();
    },
    stop: () => life.stop(),
  };
}
