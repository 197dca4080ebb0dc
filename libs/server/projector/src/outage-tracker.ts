import { retry, sleep } from '@tributary/kernel';

type Outage = {
  /** The last fault of the engine and when the outage began; undefined while the engine answers. */
  current(): { readonly since: number; readonly fault: unknown } | undefined;
};

type OutageOptions = {
  readonly now: () => number;
  readonly retried: () => void;
  /** Called when an outage begins, with its fault, and when it ends. */
  readonly changed: (fault: unknown) => void;
  /** Resolves after milliseconds, or rejects when the signal aborts. */
  readonly sleep?: (millis: number, signal?: AbortSignal) => Promise<unknown>;
};

const FIRST_MS = 200;
const LONGEST_MS = 5_000;

/** Retries work during an outage of the engine, and tracks the outage over all partitions. */
export class OutageTracker implements Outage {
  readonly #watch: OutageOptions;
  #outage: { readonly since: number; readonly fault: unknown } | undefined;
  /** Retries in progress. */
  #working = 0;

  constructor(watch: OutageOptions) {
    this.#watch = watch;
  }

  current() {
    return this.#outage;
  }

  /**
   * Retries while the fault is retryable and the partition is not lost, with pauses that double from 200 ms to 5 s.
   * Other errors are thrown. Nothing is started once `lost` has aborted: its reason is thrown.
   */
  async retry<Result>(work: () => Promise<Result>, lost: AbortSignal): Promise<Result> {
    this.#working += 1;
    try {
      return await this.#untilBack(work, lost);
    } finally {
      this.#working -= 1;
      /* Without a retry in progress, nothing would notice the end of the outage. */
      if (this.#working === 0) this.#outage = undefined;
    }
  }

  async #untilBack<Result>(work: () => Promise<Result>, lost: AbortSignal): Promise<Result> {
    const result = await retry(work, {
      firstDelay: FIRST_MS,
      maxDelay: LONGEST_MS,
      signal: lost,
      sleep: this.#watch.sleep ?? sleep,
      onRetry: (fault) => {
        this.#settle(fault);
        this.#watch.retried();
      },
    });
    this.#settle(undefined);
    return result;
  }

  #settle(fault: unknown): void {
    if ((fault === undefined) !== (this.#outage === undefined)) this.#watch.changed(fault);
    if (fault === undefined) this.#outage = undefined;
    else this.#outage = { since: this.#outage?.since ?? this.#watch.now(), fault };
  }
}
