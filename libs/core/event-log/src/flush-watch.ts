import { Fault } from '@tributary/kernel';

/** How long the flush in progress has taken. At most one is in progress. */
export class FlushWatch {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #faultOf: (seconds: number) => Fault;
  #since: number | undefined;

  /**
   * A flush is overdue after `limit` milliseconds, which is the Fault of the seconds that it has taken; `now` returns
   * milliseconds that never go back.
   */
  constructor(limit: number, now: () => number, faultOf: (seconds: number) => Fault) {
    this.#limit = limit;
    this.#now = now;
    this.#faultOf = faultOf;
  }

  /** Runs a flush; settles as it does. */
  async during<Outcome>(flush: () => Promise<Outcome>): Promise<Outcome> {
    this.#since = this.#now();
    try {
      return await flush();
    } finally {
      this.#since = undefined;
    }
  }

  /** That the flush in progress is overdue; undefined where it is not, or there is none. */
  overdue(): Fault | undefined {
    if (this.#since === undefined) return undefined;
    const millis = this.#now() - this.#since;
    return millis > this.#limit ? this.#faultOf(Math.floor(millis / 1000)) : undefined;
  }
}

/** Of the flush of a log. */
export const logOverdue = (seconds: number): Fault =>
  new Fault(
    'log_overdue',
    `a write to the disk of the log has not ended for ${seconds} s; facts that come meanwhile get no confirmation. Check the disk, and what else uses it`,
    { retryable: true },
  );
