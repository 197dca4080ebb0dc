import type { PartitionAssignment } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { IncompleteInserts } from './incomplete-inserts.ts';

const incomplete = new Fault('insert_incomplete', 'rows of 3', { retryable: true });

/** How the work on partition 3 ends, one run after the other. */
async function ranTo(...ends: readonly (Fault | undefined)[]): Promise<IncompleteInserts> {
  const inserts = new IncompleteInserts();
  const left = [...ends];
  const work = inserts.observe(() => {
    const fault = left.shift();
    return fault ? Promise.reject(fault) : Promise.resolve();
  });
  for (const fault of ends) {
    const run = work({ partition: 3 } as PartitionAssignment);
    await expect(
      run.then(
        () => undefined,
        (reason: unknown) => reason,
      ),
    ).resolves.toBe(fault);
  }
  return inserts;
}

it('says what is lacking of the partitions that the process has, until the work on them ends in another way', async () => {
  expect((await ranTo(incomplete)).among([1, 3])).toBe('rows of 3');
  const inserts = await ranTo(incomplete);
  expect([inserts.among([1]), inserts.among([1, 3])]).toEqual([undefined, undefined]);
  expect((await ranTo(incomplete, undefined)).among([3])).toBeUndefined();
  expect((await ranTo(incomplete, new Fault('engine_unreachable', 'away'))).among([3])).toBeUndefined();
  expect((await ranTo(new Fault('batch_expired', 'old'))).among([3])).toBeUndefined();
});
