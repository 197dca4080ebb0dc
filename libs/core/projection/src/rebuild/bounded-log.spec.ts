import { eventPosition, formatEventPosition } from '@tributary/kernel';
import type { RecordedEvent } from '@tributary/event-log';
import { expect, it } from 'vitest';
import type { ProjectedLog } from '../step.ts';
import { boundedLog, ReadLimits } from './bounded-log.ts';

const PARTITION = 2;
const at = (number: number) => formatEventPosition(eventPosition(PARTITION, number));

/** A log that records the limits of its reads. */
const log = (): ProjectedLog & { readonly asked: number[] } => {
  const asked: number[] = [];
  return {
    asked,
    cursors: { get: () => undefined, set: () => Promise.resolve() },
    read({ limit }) {
      asked.push(limit);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only their number counts here
      return Promise.resolve(Array.from({ length: limit }, () => ({}) as RecordedEvent));
    },
    changed: () => Promise.resolve(),
    find: () => Promise.resolve(undefined),
  };
};

it('reads a partition up to its limit and no further', async () => {
  const limits = new ReadLimits();
  const whole = log();
  const bounded = boundedLog(whole, PARTITION, limits);
  expect(await bounded.read({ after: at(0), limit: 10, maxBytes: 1 })).toEqual([]);
  limits.raise([0, 0, 7]);
  expect(await bounded.read({ after: at(0), limit: 10, maxBytes: 1 })).toHaveLength(7);
  expect(await bounded.read({ after: at(4), limit: 2, maxBytes: 1 })).toHaveLength(2);
  expect(await bounded.read({ after: at(7), limit: 10, maxBytes: 1 })).toEqual([]);
  expect(whole.asked).toEqual([7, 2]);
});

it('never lowers a limit', () => {
  const limits = new ReadLimits();
  limits.raise([5, 6]);
  limits.raise([7, 1]);
  expect([limits.of(0), limits.of(1), limits.of(2)]).toEqual([7, 6, 0]);
});

it('wakes a waiter when the limit is beyond its offset, and no earlier', async () => {
  const limits = new ReadLimits();
  let isAwake = false;
  const waiting = boundedLog(log(), PARTITION, limits)
    .changed(at(5))
    .then(() => (isAwake = true));
  limits.raise([9, 9, 5]);
  await Promise.resolve();
  await Promise.resolve();
  expect(isAwake).toBe(false);
  limits.raise([0, 0, 6]);
  expect(await waiting).toBe(true);
});

it('rejects with the reason of the signal', async () => {
  const stopping = new AbortController();
  const waiting = new ReadLimits().reach(0, 0, stopping.signal);
  stopping.abort(new Error('stopping'));
  await expect(waiting).rejects.toThrow('stopping');
});
