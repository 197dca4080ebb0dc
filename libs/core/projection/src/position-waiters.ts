import { Fault, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';

type Waiter = { readonly target: number; resolve(): void; reject(reason: unknown): void };

/** Callers that wait for the tables to reach a position. */
export type PositionWaiters = {
  wait(target: Position): Promise<void>;
  isEmpty(): boolean;
  /** Resolves those whose position is reached. */
  reached(position: Position): void;
  /** Rejects all. */
  fail(reason: unknown): void;
  /** Nothing is inserted any more: rejects all, and whoever comes later, with the retryable Fault `stopping`. */
  close(): void;
};

export function positionWaiters(): PositionWaiters {
  let waiting: Waiter[] = [];
  let closed: Fault | undefined;
  const fail = (reason: unknown): void => {
    for (const waiter of waiting) waiter.reject(reason);
    waiting = [];
  };
  return {
    wait: (target) =>
      new Promise((resolve, reject) => {
        if (closed) reject(closed);
        else waiting.push({ target: parseEventPosition(target), resolve, reject });
      }),
    isEmpty: () => waiting.length === 0,
    reached: (position) => {
      const here = parseEventPosition(position);
      const done = waiting.filter(({ target }) => target <= here);
      waiting = waiting.filter(({ target }) => target > here);
      for (const waiter of done) waiter.resolve();
    },
    fail,
    close: () => {
      closed = new Fault('stopping', 'the projector has stopped', { retryable: true });
      fail(closed);
    },
  };
}
