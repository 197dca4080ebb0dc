import type { Membership } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

/**
 * Why a projector of a group is dead; undefined where it is not. It is where the work on every partition that it has fails
 * for a reason that the next process may not meet: an unforeseen error, a statement that the engine refuses, or tables
 * that are not those of the migrations, which each start applies. The work is
 * tried again all the time, so a fault that stays is one without progress. Other faults need somebody who acts
 * (`contract_newer`, `partitions_changed`, `batch_expired`, …) or pass by themselves: the next process would meet them
 * again, and their readiness conditions say what to do.
 */
export function deadWork(membership: Pick<Membership, 'stopped'>): unknown {
  const faults = membership.stopped();
  return faults.every(mayEndWithProcess) ? faults[0] : undefined;
}

const ENDING: ReadonlySet<string> = new Set([
  'engine_refused',
  'part_damaged',
  'unknown_table',
  'unknown_column',
  'unsupported_type',
]);

const mayEndWithProcess = (fault: unknown): boolean =>
  !(fault instanceof Fault) || (ENDING.has(fault.code) && !fault.retryable);
