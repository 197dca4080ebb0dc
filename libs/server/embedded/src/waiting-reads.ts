import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Projector } from '@tributary/projection';
import { faultText } from '@tributary/http';

/** Milliseconds that a reader waits while the tables take no rows: longer than the pause between two tries. */
const STALLED_MILLIS = 10_000;

/**
 * A projector whose readers do not wait without end: `reached` throws Fault `tables_behind` (retryable) after `millis`, or
 * earlier where the tables take no rows. `stalled` returns why the tables take no rows at present.
 */
export const boundedWaits = (projector: Projector, stalled: () => unknown, millis: number): Projector => ({
  ...projector,
  async reached(target) {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_resolve, reject) => {
      const wait = stalled() === undefined ? millis : Math.min(millis, STALLED_MILLIS);
      const fail = (): void =>
        reject(behind({ position: projector.position(), target, cause: stalled(), wait }));
      timer = setTimeout(fail, wait);
    });
    return Promise.race([projector.reached(target), overdue]).finally(() => clearTimeout(timer));
  },
});

type Behind = {
  readonly position: Position;
  readonly target: Position;
  readonly cause: unknown;
  readonly wait: number;
};

const behind = ({ position, target, cause, wait }: Behind): Fault =>
  new Fault(
    'tables_behind',
    `the tables are at ${position}, before ${target}; ask again, or without asOf for what they hold: ${cause === undefined ? `they have not come there within ${wait / 1000} s (TRIBUTARY_TABLES_TIMEOUT_MS), and are filled more slowly than facts arrive` : faultText(cause)}`,
    { retryable: true, cause },
  );
