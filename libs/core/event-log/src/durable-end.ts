import type { Position } from '@tributary/kernel';
import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';

type Waiter = { readonly after: number; readonly wake: () => void; readonly fail: (reason: unknown) => void };

/** The last durable position, and the waiters for a later one. */
export class DurableEnd {
  #number: number;
  #closed = false;
  readonly #waiters = new Set<Waiter>();

  constructor(number: number) {
    this.#number = number;
  }

  get number(): number {
    return this.#number;
  }

  get position(): Position {
    return formatEventPosition(this.#number);
  }

  advance(number: number): void {
    this.#number = number;
    for (const waiter of this.#waiters) if (waiter.after < number) waiter.wake();
  }

  async changed(after: Position, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#closed) throw closed();
    if (this.#number > parseEventPosition(after)) return;
    await new Promise<void>((resolve, reject) =>
      this.#wait({ after: parseEventPosition(after), wake: resolve, fail: reject }, signal),
    );
  }

  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiters) waiter.fail(closed());
  }

  #wait(waiter: Waiter, signal?: AbortSignal): void {
    const leave = (): void => {
      this.#waiters.delete(entry);
      signal?.removeEventListener('abort', abort);
    };
    const abort = (): void => entry.fail(signal?.reason);
    const entry: Waiter = {
      after: waiter.after,
      wake: () => (leave(), waiter.wake()),
      fail: (reason) => (leave(), waiter.fail(reason)),
    };
    signal?.addEventListener('abort', abort);
    this.#waiters.add(entry);
  }
}

export const closed = (): Fault => new Fault('log_closed', 'the event log is closed', { retryable: false });

export const beyondEnd = (position: Position): Fault =>
  new Fault('unknown_position', `the log ends before ${position}`);
