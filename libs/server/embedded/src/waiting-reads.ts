import { Fault } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Projector } from '@tributary/projection';
import { faultText } from '@tributary/http';

/** Milliseconds that a reader waits for the tables. */
const WAIT_MS = 120_000;

/**
 * A projector whose readers do not wait without end: `reached` throws Fault `tables_behind` (retryable) after a time,
 * and at once while the tables take no rows.
 */
export const boundedWaits = (projector: Projector, stalled: () => unknown, wait = WAIT_MS): Projector => ({
  ...projector,
  async reached(target) {
    const reached = projector.reached(target);
    if (projector.position() === target) return reached;
    if (stalled() !== undefined) {
      reached.catch(() => undefined);
      throw behind(projector.position(), target, stalled());
    }
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(behind(projector.position(), target, stalled())), wait);
    });
    return Promise.race([reached, overdue]).finally(() => clearTimeout(timer));
  },
});

const behind = (position: Position, target: Position, cause: unknown): Fault =>
  new Fault(
    'tables_behind',
    `the tables are at ${position}, before ${target}: ${cause === undefined ? 'they are filled more slowly than facts arrive' : faultText(cause)}; ask again, or without asOf for what they hold`,
    { retryable: true, cause },
  );
