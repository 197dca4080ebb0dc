import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Projector } from '@tributary/projection';
import { faultText } from '@tributary/http';

/** Milliseconds that a reader waits for the tables; and while they take no rows, longer than the pause between two tries. */
const WAITS = { moving: 120_000, stalled: 10_000 };

/**
 * A projector whose readers do not wait without end: `reached` throws Fault `tables_behind` (retryable) after a time.
 * `stalled` returns why the tables take no rows at present.
 */
export const boundedWaits = (projector: Projector, stalled: () => unknown, waits = WAITS): Projector => ({
  ...projector,
  async reached(target) {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_resolve, reject) => {
      const fail = (): void => reject(behind(projector.position(), target, stalled()));
      timer = setTimeout(fail, stalled() === undefined ? waits.moving : waits.stalled);
    });
    return Promise.race([projector.reached(target), overdue]).finally(() => clearTimeout(timer));
  },
});

const behind = (position: Position, target: Position, cause: unknown): Fault =>
  new Fault(
    'tables_behind',
    `the tables are at ${position}, before ${target}: ${cause === undefined ? 'they are filled more slowly than facts arrive' : faultText(cause)}; ask again, or without asOf for what they hold`,
    { retryable: true, cause },
  );
