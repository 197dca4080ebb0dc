import { Fault } from './fault.ts';

/** Times are milliseconds. Delay number n (from 0) is `firstDelay × factor ** n`, at most `maxDelay`. */
export type RetryPolicy = {
  readonly firstDelay: number;
  readonly maxDelay: number;
  /** 2 by default: delays double. */
  readonly factor?: number;
  /** Attempts in all, the first one included. Unlimited by default. */
  readonly attempts?: number;
};

export type RetryOptions = RetryPolicy & {
  /** Resolves after milliseconds, or rejects when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** Shortens each delay by a random share of itself: by at most `share` (0 to 1). `random` is uniform in [0, 1). */
  readonly jitter?: { readonly share: number; readonly random: () => number };
  /** No delay goes beyond `at`, in the unit of `now`; the last error is thrown instead. */
  readonly deadline?: { readonly at: number; readonly now: () => number };
  readonly signal?: AbortSignal;
  /** By default whether the error is a Fault that says it is retryable. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** Replaces the delay that the policy gives, for example by what a server asked for. */
  readonly delayAfter?: (error: unknown, delay: number) => number;
  /** Called before each delay. */
  readonly onRetry?: (error: unknown, delay: number) => void;
};

const isRetryableFault = (error: unknown): boolean => error instanceof Fault && error.retryable;

/**
 * Runs `work` until it resolves. An error is thrown on if it is not retryable, if no attempt is left, if the next delay
 * would pass the deadline, or if the signal has aborted. An abort before an attempt or during a delay throws the
 * signal's reason. `work` may call `resetBackoff` to begin again with the first delay.
 */
export async function retry<Result>(
  work: (resetBackoff: () => void) => Promise<Result>,
  options: RetryOptions,
): Promise<Result> {
  const { signal, sleep, attempts = Infinity, isRetryable = isRetryableFault, onRetry } = options;
  let retries = 0;
  const resetBackoff = (): void => void (retries = 0);
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work(resetBackoff);
    } catch (error) {
      if (signal?.aborted || attempt >= attempts || !isRetryable(error)) throw error;
      const delay = delayOf(options, retries, error);
      if (isPastDeadline(options, delay)) throw error;
      retries += 1;
      onRetry?.(error, delay);
      await sleep(delay, signal).catch((interrupted: unknown) => {
        signal?.throwIfAborted();
        throw interrupted;
      });
    }
  }
}

function delayOf(options: RetryOptions, retries: number, error: unknown): number {
  const { firstDelay, factor = 2, maxDelay, jitter, delayAfter } = options;
  const delay = Math.min(firstDelay * factor ** retries, maxDelay);
  const jittered = jitter ? delay * (1 - jitter.share * jitter.random()) : delay;
  return delayAfter?.(error, jittered) ?? jittered;
}

const isPastDeadline = ({ deadline }: RetryOptions, delay: number): boolean =>
  deadline !== undefined && deadline.now() + delay > deadline.at;
