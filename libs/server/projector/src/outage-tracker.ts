import { Fault, retry, sleep } from '@tributary/kernel';

type Outage = {
  /**
   * The last fault of the engine and when the outage began; undefined while the engine answers. One that does not answer
   * at all for `OVERDUE_MILLIS` is an outage too, until the answer comes.
   */
  current(): { readonly since: number; readonly fault: unknown } | undefined;
};

type OutageOptions = {
  readonly now: () => number;
  readonly retried: () => void;
  /** Called when an outage begins, with its fault, and when it ends. */
  readonly changed: (fault: unknown) => void;
  /** Resolves after milliseconds, or rejects when the signal aborts. */
  readonly sleep?: (millis: number, signal?: AbortSignal) => Promise<unknown>;
  /** Milliseconds that never go back; those of the process by default. */
  readonly elapsed?: () => number;
};

/**
 * Milliseconds after which an attempt is overdue: those that a query may run, and far more than the largest insert takes.
 * It goes on, since only its answer says what to do next.
 */
export const OVERDUE_MILLIS = 30_000;

const FIRST_MS = 200;
const LONGEST_MS = 5_000;

/** Retries work during an outage of the engine, and tracks the outage over all partitions. */
export class OutageTracker implements Outage {
  readonly #watch: OutageOptions;
  #outage: { readonly since: number; readonly fault: unknown } | undefined;
  /** Retries in progress. */
  #working = 0;
  /** When each attempt in progress began, the oldest one first. */
  readonly #attempts = new Set<{ readonly now: number; readonly elapsed: number }>();

  constructor(watch: OutageOptions) {
    this.#watch = watch;
  }

  current() {
    return this.#outage ?? this.#overdue();
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
    const result = await retry(() => this.#attempt(work), {
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

  async #attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    const begun = { now: this.#watch.now(), elapsed: this.#elapsed() };
    this.#attempts.add(begun);
    try {
      return await work();
    } finally {
      this.#attempts.delete(begun);
    }
  }

  #overdue() {
    const [oldest] = this.#attempts;
    const millis = oldest === undefined ? 0 : this.#elapsed() - oldest.elapsed;
    if (oldest === undefined || millis <= OVERDUE_MILLIS) return undefined;
    return { since: oldest.now, fault: unanswered(millis) };
  }

  readonly #elapsed = (): number => (this.#watch.elapsed ?? (() => performance.now()))();

  #settle(fault: unknown): void {
    if ((fault === undefined) !== (this.#outage === undefined)) this.#watch.changed(fault);
    if (fault === undefined) this.#outage = undefined;
    else this.#outage = { since: this.#outage?.since ?? this.#watch.now(), fault };
  }
}

const unanswered = (millis: number): Fault =>
  new Fault(
    'engine_unreachable',
    `what was begun ${Math.floor(millis / 1000)} s ago has neither failed nor ended yet`,
    { retryable: true },
  );
