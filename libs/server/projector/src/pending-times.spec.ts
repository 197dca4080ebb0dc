import { formatEventPosition } from '@tributary/kernel';
import type { PartitionLog, RecordedEvent } from '@tributary/event-log';
import { TABLES_CURSOR } from '@tributary/projection';
import { beforeEach, expect, it } from 'vitest';
import { PendingTimes } from './pending-times.ts';

const eventAt = (number: number, recordTime: number): RecordedEvent => ({
  source: 's',
  id: String(number),
  type: 't',
  stream: 'r',
  bytes: new Uint8Array(),
  position: formatEventPosition(number),
  streamSequence: number,
  recordTime,
  hash: '',
});

/** A log that returns these reads. */
function logOf(reads: RecordedEvent[][]): PartitionLog {
  return {
    read: () => Promise.resolve(reads.shift() ?? []),
    changed: () => Promise.resolve(),
    find: () => Promise.resolve(undefined),
    cursors: { get: () => undefined, set: () => Promise.resolve() },
  };
}

const ALL = { after: formatEventPosition(0), limit: 10, maxBytes: 1000 };
const two = [eventAt(1, 100), eventAt(2, 200)];
const three = [eventAt(3, 300), eventAt(4, 400), eventAt(5, 500)];

let times: PendingTimes;
let lost: AbortController;
beforeEach(() => {
  times = new PendingTimes();
  lost = new AbortController();
});

const complete = (log: PartitionLog, number: number) =>
  log.cursors.set(TABLES_CURSOR, { position: formatEventPosition(number) });

it('reports the oldest read that is not completely in the tables', async () => {
  const log = times.observe(logOf([two, three]), 0, lost.signal);
  expect(times.oldest()).toBeUndefined();
  await log.read(ALL);
  await log.read(ALL);
  expect(times.oldest()).toBe(100);
  await complete(log, 1);
  expect(times.oldest()).toBe(100);
  await complete(log, 2);
  expect(times.oldest()).toBe(300);
  await complete(log, 4);
  expect(times.oldest()).toBe(300);
  await complete(log, 5);
  expect(times.oldest()).toBeUndefined();
});

it('records a repeated read once, and ignores a planned batch', async () => {
  const log = times.observe(logOf([two, two]), 0, lost.signal);
  await log.read(ALL);
  await log.read(ALL);
  await log.cursors.set(TABLES_CURSOR, {
    position: formatEventPosition(0),
    planned: { from: formatEventPosition(0), to: formatEventPosition(2), token: 't' },
  });
  expect(times.oldest()).toBe(100);
  await complete(log, 2);
  expect(times.oldest()).toBeUndefined();
});

it('reports the oldest of all partitions, and forgets those that are lost', async () => {
  const first = times.observe(logOf([three]), 0, lost.signal);
  const second = times.observe(logOf([two]), 1, new AbortController().signal);
  await first.read(ALL);
  await second.read(ALL);
  expect(times.oldest()).toBe(100);
  await complete(second, 2);
  expect(times.oldest()).toBe(300);
  lost.abort();
  expect(times.oldest()).toBeUndefined();
});
