import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import type { Runtime } from '@tributary/graphql';

type Rebuild = Runtime['rebuild'];
type Outcome = Awaited<ReturnType<Rebuild>>;

/** One rebuild, and how many requests were told that it goes on and have not asked again. */
type Running = { readonly key: string; readonly outcome: Promise<Outcome>; isEnded: boolean; left: number };

/** Milliseconds. A client that was told to ask again does so at once, and nobody else is to get an outcome of before. */
const KEPT_MILLIS = 5_000;

/**
 * Rebuilds whose requests wait `wait` milliseconds. Fault `rebuild_running` (retryable) says that it goes on; the same request
 * waits on for it then, or gets its outcome where it has just ended.
 */
export function waitedRebuild(rebuild: Rebuild, wait: number, kept = KEPT_MILLIS): Rebuild {
  let current: Running | undefined;
  const drop = (running: Running): void => {
    if (current === running) current = undefined;
  };

  const begin = (key: string, request: Parameters<Rebuild>[0]): Running => {
    const running: Running = { key, outcome: rebuild(request), isEnded: false, left: 0 };
    const ended = (): void => {
      running.isEnded = true;
      if (running.left === 0) drop(running);
      else setTimeout(() => drop(running), kept).unref();
    };
    running.outcome.then(ended, ended);
    return (current = running);
  };

  const waitFor = async (running: Running): Promise<Outcome> => {
    const isEnded = await endsWithin(wait, running.outcome).finally(() => {
      if (running.isEnded && running.left === 0) drop(running);
    });
    if (isEnded || running.isEnded) return running.outcome;
    running.left += 1;
    throw goesOn(wait);
  };

  return async (request) => {
    const key = JSON.stringify([request.verify, request.acceptMissing ?? false]);
    if (current?.key === key && current.left > 0) {
      current.left -= 1;
      return waitFor(current);
    }
    /* It is refused where another one runs. */
    return current && !current.isEnded ? rebuild(request) : waitFor(begin(key, request));
  };
}

/** Rejects as the work does. */
async function endsWithin(millis: number, work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  const late = pause(millis, false, { signal: ended.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    ended.abort();
  }
}

const goesOn = (millis: number): Fault =>
  new Fault(
    'rebuild_running',
    `the rebuild has not ended within ${millis / 1000} s (TRIBUTARY_REBUILD_TIMEOUT_MS) and goes on; send the same request again to wait for its outcome`,
    { retryable: true },
  );
