import { setTimeout as pause } from 'node:timers/promises';

/** Looks at once and again after each interval in milliseconds, until it is closed. A look never rejects. */
export function lookRegularly(
  look: () => Promise<unknown>,
  interval: number,
): { readonly close: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  void (async () => {
    while (!signal.aborted) {
      await look();
      await pause(interval, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    /* A look at what does not answer delays no end. */
    close() {
      stopping.abort();
      return Promise.resolve();
    },
  };
}
