import { retry, sleep } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';

type Outage = {
  /** What the engine said last, since when; undefined while it answers. */
  current(): { readonly since: number; readonly fault: unknown } | undefined;
};

type OutageOptions = {
  readonly now: () => number;
  readonly retried: () => void;
  /** Told when the engine goes away, and when it is back. */
  readonly changed: (fault: unknown) => void;
  /** Resolves after milliseconds, or rejects when the signal aborts. */
  readonly sleep?: (millis: number, signal?: AbortSignal) => Promise<unknown>;
};

const FIRST_MS = 200;
const LONGEST_MS = 5_000;

/** Keeps what is known of the engine's absence, over all partitions. */
export class OutageTracker implements Outage {
  readonly #watch: OutageOptions;
  #outage: { readonly since: number; readonly fault: unknown } | undefined;
  /** Works that are under way. */
  #working = 0;

  constructor(watch: OutageOptions) {
    this.#watch = watch;
  }

  current() {
    return this.#outage;
  }

  /**
   * An engine that is away is asked again until it is back or `lost` aborts; what it refuses is thrown. Nothing is begun
   * once `lost` has aborted.
   */
  async retry<Result>(work: () => Promise<Result>, lost: AbortSignal): Promise<Result> {
    this.#working += 1;
    try {
      return await this.#untilBack(work, lost);
    } finally {
      this.#working -= 1;
      /* Nobody asks any more, so nobody would see that the engine is back. */
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

/** Where rows go, through an engine that may be away for a while. */
export const retryingSink = <Block>(
  sink: Sink<Block>,
  absence: OutageTracker,
  lost: AbortSignal,
): Sink<Block> => ({
  openBlock: (table) => absence.retry(() => sink.openBlock(table), lost),
  insert: (batch) => absence.retry(() => sink.insert(batch), lost),
  empty: (table) => sink.empty(table),
});
