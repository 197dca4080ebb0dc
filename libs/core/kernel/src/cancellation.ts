import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<AbortSignal | undefined>();

/**
 * Runs work, and all that it begins and awaits, for somebody who stops waiting when the signal aborts. Undefined: for
 * whoever comes, so that nobody's leaving ends it.
 */
export const underSignal = <Result>(signal: AbortSignal | undefined, work: () => Result): Result =>
  current.run(signal, work);

/** Aborts, with the reason as a Fault, when nobody waits any more for what runs here; undefined where nothing says so. */
export const currentSignal = (): AbortSignal | undefined => current.getStore();

/** Settles as the work does, and rejects with the reason of the signal as soon as it aborts. It does not end the work. */
export async function untilAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (!signal) return work;
  let leave = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
