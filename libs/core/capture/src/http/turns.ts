import { Fault, pool } from '@tributary/kernel';
import type { Pool } from '@tributary/kernel';
import { metLimit } from './limit-keys.ts';
import { REQUEST_LIMITS } from './limits.ts';

type Waiting = {
  /** Milliseconds that it waits at most; those of all turns where it is absent. */
  readonly millis?: number;
  /** Aborts where nobody waits for the work any more. */
  readonly signal?: AbortSignal | undefined;
};

/** Work in turns: that of one key in the order in which it comes, that of different keys at the same time. */
export class Turns {
  readonly #limit: number;
  readonly #millis: number;
  readonly #keys = new Map<string, Pool<'turn'>>();

  /** Work waits for its turn as long as a request may take to arrive, in milliseconds, or a share of that. */
  constructor(requestTimeout: number = REQUEST_LIMITS.requestTimeout, share = 1) {
    this.#limit = requestTimeout;
    this.#millis = requestTimeout * share;
  }

  /** Keys whose work is done or waited for. */
  get keys(): number {
    return this.#keys.size;
  }

  /**
   * Does the work after all earlier work of the key, whether that succeeded or not. Where its turn does not come in time it is
   * never begun, and rejects with Fault `busy` (retryable), or with the reason of the signal.
   */
  async take<Result>(
    key: string,
    work: () => Promise<Result>,
    { millis = this.#millis, signal }: Waiting = {},
  ): Promise<Result> {
    const turns = this.#keys.get(key) ?? pool(['turn']);
    this.#keys.set(key, turns);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(busy(millis, this.#limit)), millis);
    const over = signal ? AbortSignal.any([late.signal, signal]) : late.signal;
    const begin = (): Promise<Result> => {
      over.throwIfAborted();
      clearTimeout(timer);
      return work();
    };
    try {
      return await turns.use(begin, over);
    } finally {
      clearTimeout(timer);
      if (turns.working === 0 && turns.waiting === 0 && this.#keys.get(key) === turns) this.#keys.delete(key);
    }
  }
}

const busy = (millis: number, requestTimeout: number): Fault =>
  new Fault(
    'busy',
    `requests that concern the same are handled one after the other, and the turn of this one did not come within ${Math.round(millis) / 1000} s; nothing of what waited is stored: send it again later, or set TRIBUTARY_REQUEST_TIMEOUT_MS of the server, which is ${requestTimeout}`,
    { retryable: true, met: metLimit('requestTimeout', requestTimeout) },
  );
