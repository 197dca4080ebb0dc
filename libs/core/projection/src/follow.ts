import type { Cursor } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Arrivals } from './arrivals.ts';
import type { Batch } from './batch.ts';
import { carry, gather } from './step.ts';
import type { Work } from './step.ts';

export type Following = {
  readonly work: Work;
  readonly waiting: Arrivals;
  /** Calls back when a batch that is not full should wait no longer for more events; returns what calls it off. */
  readonly patience: (expire: () => void) => () => void;
  /** As it was last made durable. */
  readonly cursor: () => Cursor;
};

/** One run of the loop, until it is told to stop or something it cannot decide on happens. */
export type Life = {
  fault(): unknown;
  /** Resolves when it has stopped, by itself or because it was told. */
  readonly ended: Promise<void>;
  /** Somebody waits: carry what is gathered. */
  hurry(): void;
  /** Resolves when the batch under way is in the tables. */
  stop(): Promise<void>;
};

/** Follows the log. While one batch goes in, the next is gathered: facts are encoded soon after they came, and freed. */
export function follow(following: Following): Life {
  const { work, waiting, cursor } = following;
  const stopping = new AbortController();
  let gathering = new AbortController();
  let inserting: Promise<unknown> = Promise.resolve();
  let fault: unknown;

  const nextBatch = async (from: Position): Promise<Batch> => {
    await work.log.changed(from, stopping.signal);
    gathering = new AbortController();
    const callOff = following.patience(() => gathering.abort());
    if (waiting.anyone()) gathering.abort();
    return gather(work, from, gathering.signal).finally(callOff);
  };
  const insert = async (batch: Batch): Promise<void> => {
    await carry(work, cursor(), batch);
    waiting.reached(cursor().position);
  };
  const run = async (): Promise<void> => {
    for (let from = cursor().position; !stopping.signal.aborted;) {
      const [batch] = await Promise.all([nextBatch(from), inserting]);
      from = batch.to() ?? from;
      inserting = insert(batch);
      inserting.catch(() => undefined);
    }
  };
  const fail = (reason: unknown): void => {
    if (stopping.signal.aborted) return;
    fault = reason;
    waiting.fail(reason);
  };
  const done = run()
    .catch(fail)
    .then(() => inserting)
    .then(() => undefined, fail);

  return {
    fault: () => fault,
    ended: done,
    hurry: () => gathering.abort(),
    stop: () => {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      gathering.abort();
      return done;
    },
  };
}
