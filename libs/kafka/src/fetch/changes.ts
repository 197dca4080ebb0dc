/** Lets one side wait until the other says that something has changed. */
export class Changes {
  #waiting = new Set<() => void>();

  announce(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves at the next announcement, after `atMost` milliseconds, or when the signal aborts. */
  next(options: { atMost?: number; signal?: AbortSignal } = {}): Promise<void> {
    const { atMost, signal } = options;
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = atMost === undefined ? undefined : setTimeout(wake, atMost);
      signal?.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}
