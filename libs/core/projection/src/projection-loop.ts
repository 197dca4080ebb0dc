import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Batch } from './batch.ts';
import { isNewerContract } from './newer-contract.ts';
import type { PositionWaiters } from './position-waiters.ts';
import type { WorkingState } from './state/tables-state.ts';
import { applyBatch, fetchBatch } from './step.ts';
import type { StepContext } from './step.ts';

export type LoopOptions = {
  readonly context: StepContext;
  readonly waiters: PositionWaiters;
  /** Calls back when a batch that is not full should wait no longer for more events; the function it returns cancels that. */
  readonly linger: (expire: () => void) => () => void;
  /** The state as it was last made durable. */
  readonly state: () => WorkingState;
};

/** One run of the loop, until it is stopped or fails. */
export type Loop = {
  fault(): unknown;
  /** Resolves when the loop has ended, stopped or failed. */
  readonly ended: Promise<void>;
  /** Somebody waits: insert what is fetched. */
  hurry(): void;
  /** Resolves when the batch in progress is in the tables. */
  stop(): Promise<void>;
};

/** Follows the log. While one batch is inserted, the next is fetched, so that facts are encoded and freed soon. */
export function startLoop({ context, waiters, linger, state }: LoopOptions): Loop {
  const stopping = new AbortController();
  let lingered = new AbortController();
  let inserting: Promise<unknown> = Promise.resolve();
  let fault: unknown;

  /** What is before an event that a later version wrote is in the tables when its fault is known. */
  const afterInsert = async (reason: unknown): Promise<never> => {
    if (isNewerContract(reason)) await inserting;
    throw reason;
  };
  const nextBatch = async (from: Position): Promise<Batch> => {
    await context.log.changed(from, stopping.signal);
    lingered = new AbortController();
    const cancel = linger(() => lingered.abort());
    if (!waiters.isEmpty()) lingered.abort();
    return fetchBatch(context, from, lingered.signal).finally(cancel).catch(afterInsert);
  };
  const insert = async (batch: Batch): Promise<void> => {
    await applyBatch(context, state(), batch);
    waiters.reached(state().position);
  };
  const run = async (): Promise<void> => {
    for (let from = state().position; !stopping.signal.aborted;) {
      const [batch] = await Promise.all([nextBatch(from), inserting]);
      from = batch.to() ?? from;
      inserting = insert(batch);
      inserting.catch(() => undefined);
    }
  };
  const fail = (reason: unknown): void => {
    if (stopping.signal.aborted) return;
    fault = reason;
    waiters.fail(reason);
  };
  const done = run()
    .catch(fail)
    .then(() => inserting)
    .then(() => undefined, fail);

  return {
    fault: () => fault,
    ended: done,
    hurry: () => lingered.abort(),
    stop: () => {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      lingered.abort();
      return done;
    },
  };
}

/** A loop that failed before it began. */
const failedLoop = (reason: unknown): Loop => ({
  fault: () => reason,
  ended: Promise.resolve(),
  hurry: () => undefined,
  stop: () => Promise.resolve(),
});

/** A loop that can be paused; after each pause another one is started. */
export type PausableLoop = {
  current(): Loop;
  /** Stops the loop, runs `work`, and starts another loop, whether `work` failed or not. */
  whilePaused<Result>(work: () => Promise<Result>): Promise<Result>;
};

/** `start` recovers and follows the log. Where it fails after a pause, the current loop has that fault, and `fail` gets it. */
export async function openPausableLoop(
  start: () => Promise<Loop>,
  fail: (reason: unknown) => void,
): Promise<PausableLoop> {
  let loop = await start();
  const resume = async (): Promise<void> => {
    try {
      loop = await start();
    } catch (reason) {
      loop = failedLoop(reason);
      fail(reason);
      throw reason;
    }
  };
  return {
    current: () => loop,
    whilePaused: async (work) => {
      await loop.stop();
      try {
        return await work();
      } finally {
        await resume();
      }
    },
  };
}
