/** Rests after an attempt to fill tables again, as a multiple of its duration. */
const REST_FACTOR = 4;
const LEAST_REST_MS = 1_000;
/** The most that failures double a rest to. */
const MOST_DOUBLED_MS = 60 * 60 * 1_000;
/** However long an attempt took. */
const MOST_REST_MS = 24 * 60 * 60 * 1_000;

/**
 * Milliseconds between the end of an attempt that took a duration and the beginning of the next one, where so many in a
 * row did not help: four times the duration, doubled with each further attempt up to an hour. Never more than a day.
 */
export function restAfter(duration: number, attempts: number): number {
  const proportional = Math.max(REST_FACTOR * duration, LEAST_REST_MS);
  const doubled = Math.min(proportional * 2 ** Math.max(attempts - 1, 0), MOST_DOUBLED_MS);
  return Math.min(Math.max(proportional, doubled), MOST_REST_MS);
}

/**
 * Attempts to fill tables again: what the last one was about, why it failed, and when the next one may begin. Questions
 * find the same damage again and again, and a large log takes long to fill.
 */
export class RefillAttempts {
  readonly #elapsed: () => number;
  readonly #mostRest: number;
  #tried: string | undefined;
  #fault: unknown;
  /** Since nothing was short. */
  #attempts = 0;
  #isRunning = false;
  #restsUntil = -Infinity;

  /**
   * `elapsed` returns milliseconds that never go back: a clock that is set would be taken for a long attempt, or for a rest
   * that has not begun. They never rest longer than `mostRest` milliseconds, where everything waits for them.
   */
  constructor(elapsed: () => number, { mostRest = Infinity } = {}) {
    this.#elapsed = elapsed;
    this.#mostRest = mostRest;
  }

  /** Fills the tables again because of `short`, unless that was tried already or the last attempt ended too recently. */
  async attempt(short: string, fill: () => Promise<unknown>): Promise<void> {
    if (short === this.#tried || this.#restLeft() > 0) return;
    const began = this.#elapsed();
    this.#tried = short;
    this.#isRunning = true;
    this.#attempts += 1;
    try {
      await fill();
      this.#fault = undefined;
    } catch (fault) {
      this.#fault = fault;
    }
    this.#isRunning = false;
    const ended = this.#elapsed();
    this.#restsUntil = ended + Math.min(this.#mostRest, restAfter(ended - began, this.#attempts));
  }

  /** Nothing is short any more. */
  reset(): void {
    this.#tried = undefined;
    this.#fault = undefined;
    this.#attempts = 0;
  }

  /** What failed may be tried again, and what a question found again too. */
  allowAgain(isFoundAgain: boolean): void {
    if (isFoundAgain || this.#fault !== undefined) this.#tried = undefined;
  }

  /** An attempt would not help against this. */
  leave(short: string): void {
    this.reset();
    this.#tried = short;
  }

  /** Milliseconds until what is short is to be tried again; undefined where nothing is. */
  wait(short: string): number | undefined {
    if (short === '' || (this.#tried === short && this.#fault === undefined)) return undefined;
    return this.#restLeft();
  }

  /** What is done about what is short, in words. The last failure is told until an attempt has succeeded. */
  nextStep(): string {
    if (this.#fault === undefined)
      return this.#tried !== undefined && !this.#isRunning
        ? 'they were filled again from the log, and are being compared'
        : 'they are being filled again from the log';
    const reason = textOf(this.#fault);
    return this.#isRunning
      ? `they are being filled again from the log, after an attempt that failed: ${reason}`
      : `they could not be filled again, and it is tried again: ${reason}`;
  }

  #restLeft(): number {
    return Math.max(0, this.#restsUntil - this.#elapsed());
  }
}

export const textOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
