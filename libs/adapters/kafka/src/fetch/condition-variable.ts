/** Waiters sleep until they are notified. */
export class ConditionVariable {
  #waiting = new Set<() => void>();

  notifyAll(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves at the next notification, after `atMost` milliseconds, or when a signal aborts. */
  wait(options: { atMost?: number; signals?: readonly (AbortSignal | undefined)[] } = {}): Promise<void> {
    const { atMost, signals = [] } = options;
    if (signals.some((signal) => signal?.aborted)) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        for (const signal of signals) signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = atMost === undefined ? undefined : setTimeout(wake, atMost);
      for (const signal of signals) signal?.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}

/** Resolves after milliseconds, or when the signal aborts. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new ConditionVariable().wait({ atMost: milliseconds, signals: [signal] });
