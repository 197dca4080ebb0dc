import { expect, it } from 'vitest';
import { Generation } from './generation.ts';

const leased = (leaseEnd: number) => new Generation(1, 'member', { partitions: [0], leaseEnd });

it('is lost by the first look after its lease, as a process takes that stood still meanwhile', () => {
  const generation = leased(1000);
  generation.checkLease(1000);
  expect(generation.lost.aborted).toBe(false);
  generation.checkLease(1001);
  expect(generation.lost.reason).toMatchObject({ code: 'partition_lost' });
});

it('is held for a session after the last answered heartbeat was sent, whatever order answers come in', () => {
  const generation = leased(1000);
  generation.renewLease(3000);
  generation.renewLease(2000);
  generation.checkLease(3000);
  expect(generation.lost.aborted).toBe(false);
});
