import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';

type Outage = {
  /** What the engine said last, since when; undefined while it answers. */
  current(): { readonly since: number; readonly fault: unknown } | undefined;
};

type Watch = {
  readonly now: () => number;
  readonly retried: () => void;
  /** Told when the engine goes away, and when it is back. */
  readonly changed: (fault: unknown) => void;
};

const FIRST_MS = 200;
const LONGEST_MS = 5_000;

/** Keeps what is known of the engine's absence, over all partitions. */
export class Absence implements Outage {
  readonly #watch: Watch;
  #outage: { readonly since: number; readonly fault: unknown } | undefined;
  /** Works that wait for the engine. */
  #waiting = 0;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  current() {
    return this.#outage;
  }

  /**
   * An engine that is away is asked again until it is back or `lost` aborts; what it refuses is thrown. Nothing is begun
   * once `lost` has aborted.
   */
  async outlast<Result>(work: () => Promise<Result>, lost: AbortSignal): Promise<Result> {
    let isWaiting = false;
    try {
      for (let millis = FIRST_MS; ; millis = Math.min(millis * 2, LONGEST_MS)) {
        lost.throwIfAborted();
        try {
          const result = await work();
          this.#settle(undefined);
          return result;
        } catch (fault) {
          if (!(fault instanceof Fault) || !fault.retryable || lost.aborted) throw fault;
          if (!isWaiting) this.#waiting += 1;
          isWaiting = true;
          this.#settle(fault);
          this.#watch.retried();
          await pause(millis, undefined, { signal: lost }).catch(() => undefined);
        }
      }
    } finally {
      if (isWaiting) this.#waiting -= 1;
      /* Nobody asks any more, so nobody would see that the engine is back. */
      if (this.#waiting === 0) this.#outage = undefined;
    }
  }

  #settle(fault: unknown): void {
    if ((fault === undefined) !== (this.#outage === undefined)) this.#watch.changed(fault);
    if (fault === undefined) this.#outage = undefined;
    else this.#outage = { since: this.#outage?.since ?? this.#watch.now(), fault };
  }
}

/** Where rows go, through an engine that may be away for a while. */
export const patientSink = <Block>(sink: Sink<Block>, absence: Absence, lost: AbortSignal): Sink<Block> => ({
  fill: (table) => absence.outlast(() => sink.fill(table), lost),
  insert: (batch) => absence.outlast(() => sink.insert(batch), lost),
  empty: (table) => sink.empty(table),
});
