import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import type { Runtime } from '@tributary/graphql';

type Rebuild = Runtime['rebuild'];
type Outcome = Awaited<ReturnType<Rebuild>>;

/** One rebuild, and how many requests have left it to ask again. */
type Running = { readonly outcome: Promise<Outcome>; left: number };

/** Milliseconds. Clients of HTTP commonly give up where no response has begun after 300 s. */
const TIMES = { wait: 240_000, kept: 60_000 };

/**
 * Rebuilds whose requests wait a limited time. Fault `rebuild_running` (retryable) says that it goes on; the same request
 * waits on for it, and gets its outcome for a while after the end.
 */
export function waitedRebuild(rebuild: Rebuild, { wait, kept } = TIMES): Rebuild {
  const all = new Map<string, Running>();

  const begin = (key: string, request: Parameters<Rebuild>[0]): Running => {
    const running: Running = { outcome: rebuild(request), left: 0 };
    all.set(key, running);
    const drop = (): void => void (all.get(key) === running && all.delete(key));
    const ended = (): void => {
      if (running.left === 0) drop();
      else setTimeout(drop, kept).unref();
    };
    running.outcome.then(ended, ended);
    return running;
  };

  return async (request) => {
    const key = JSON.stringify([request.verify, request.acceptMissing ?? false]);
    const running = all.get(key) ?? begin(key, request);
    if (running.left > 0) running.left -= 1;
    const isEnded = await endsWithin(wait, running.outcome);
    if (!isEnded) {
      running.left += 1;
      throw goesOn(wait);
    }
    if (running.left === 0 && all.get(key) === running) all.delete(key);
    return running.outcome;
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
    `the rebuild has not ended within ${millis / 1000} s and goes on; send the same request again to wait for its outcome`,
    { retryable: true },
  );
