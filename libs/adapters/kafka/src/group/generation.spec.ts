import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Generation } from './generation.ts';

const SESSION = 1000;
const at = (monotonic: number, wall = monotonic) => ({ monotonic, wall });
const leased = () => new Generation(1, 'member', { partitions: [0], session: SESSION, leased: at(0) });

it('is lost by the first look after its lease, as a process takes that stood still meanwhile', () => {
  const generation = leased();
  generation.checkLease(at(1000));
  expect(generation.lost.aborted).toBe(false);
  generation.checkLease(at(1001));
  expect(generation.lost.reason).toMatchObject({ code: 'partition_lost' });
});

it('is lost after its lease by whichever clock has gone on, as those of a suspended machine do not both', () => {
  fc.assert(
    fc.property(fc.nat(2 * SESSION), fc.integer({ min: -SESSION, max: 2 * SESSION }), (monotonic, wall) => {
      const generation = leased();
      generation.checkLease(at(monotonic, wall));
      expect(generation.lost.aborted).toBe(monotonic > SESSION || wall > SESSION);
    }),
  );
});

it('is held for a session after the last answered heartbeat was sent, whatever order answers come in', () => {
  const generation = leased();
  generation.renewLease(at(2000));
  generation.renewLease(at(1000));
  generation.checkLease(at(3000));
  expect(generation.lost.aborted).toBe(false);
});

it('is held after a heartbeat that was answered, also where the wall clock was set back meanwhile', () => {
  const generation = leased();
  generation.renewLease(at(2000, -50_000));
  generation.checkLease(at(2900, -49_100));
  expect(generation.lost.aborted).toBe(false);
});
