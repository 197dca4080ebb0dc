import type { Clock } from '@tributary/kernel';

/** Rests after an attempt to fill tables again, as a multiple of its duration. */
const REST_FACTOR = 4;
const LEAST_REST_MS = 1_000;
const MOST_REST_MS = 60 * 60 * 1_000;

/**
 * Milliseconds between the end of an attempt that took a duration and the beginning of the next one, where so many in a
 * row did not help: four times the duration, doubled with each further attempt up to an hour.
 */
export function restAfter(duration: number, attempts: number): number {
  const proportional = Math.max(REST_FACTOR * duration, LEAST_REST_MS);
  return Math.max(proportional, Math.min(proportional * 2 ** Math.max(attempts - 1, 0), MOST_REST_MS));
}

/**
 * Attempts to fill tables again: what the last one was about, why it failed, and when the next one may begin. Questions
 * find the same damage again and again, and a large log takes long to fill.
 */
export class RefillAttempts {
  readonly #clock: Clock;
  readonly #mostRest: number;
  #tried: string | undefined;
  #fault: unknown;
  /** Since nothing was short. */
  #attempts = 0;
  #isRunning = false;
  /** Microseconds. */
  #restsUntil = -Infinity;

  /** They never rest longer than `mostRest` milliseconds, where everything waits for them. */
  constructor(clock: Clock, { mostRest = Infinity } = {}) {
    this.#clock = clock;
    this.#mostRest = mostRest;
  }

  /** Fills the tables again because of `short`, unless that was tried already or the last attempt ended too recently. */
  async attempt(short: string, fill: () => Promise<unknown>): Promise<void> {
    if (short === this.#tried || this.#restLeft() > 0) return;
    const began = this.#clock();
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
    const ended = this.#clock();
    const rest = Math.min(this.#mostRest, restAfter((ended - began) / 1_000, this.#attempts));
    this.#restsUntil = ended + 1_000 * rest;
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
    return Math.max(0, (this.#restsUntil - this.#clock()) / 1_000);
  }
}

export const textOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
