import type { Position } from '@tributary/kernel';
import { parseEventPosition } from '@tributary/kernel';

type Arrival = { readonly target: number; resolve(): void; reject(reason: unknown): void };

/** Who waits for the tables to reach a position. */
export type Arrivals = {
  wait(target: Position): Promise<void>;
  anyone(): boolean;
  reached(position: Position): void;
  fail(reason: unknown): void;
};

export function arrivals(): Arrivals {
  let waiting: Arrival[] = [];
  return {
    wait: (target) =>
      new Promise((resolve, reject) => waiting.push({ target: parseEventPosition(target), resolve, reject })),
    anyone: () => waiting.length > 0,
    reached: (position) => {
      const here = parseEventPosition(position);
      const arrived = waiting.filter(({ target }) => target <= here);
      waiting = waiting.filter(({ target }) => target > here);
      for (const arrival of arrived) arrival.resolve();
    },
    fail: (reason) => {
      for (const arrival of waiting) arrival.reject(reason);
      waiting = [];
    },
  };
}
