import { parseEventPosition } from '@tributary/kernel';
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
};

export function positionWaiters(): PositionWaiters {
  let waiting: Waiter[] = [];
  return {
    wait: (target) =>
      new Promise((resolve, reject) => waiting.push({ target: parseEventPosition(target), resolve, reject })),
    isEmpty: () => waiting.length === 0,
    reached: (position) => {
      const here = parseEventPosition(position);
      const done = waiting.filter(({ target }) => target <= here);
      waiting = waiting.filter(({ target }) => target > here);
      for (const waiter of done) waiter.resolve();
    },
    fail: (reason) => {
      for (const waiter of waiting) waiter.reject(reason);
      waiting = [];
    },
  };
}
