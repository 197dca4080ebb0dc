import { expect, it } from 'vitest';
import type { Cluster } from '../client/cluster.ts';
import { ConditionVariable } from './condition-variable.ts';
import { batchOf } from './encoded-batch.fixture.ts';
import { readFetchResult } from './fetch-result.ts';
import { PartitionQueue } from './partition-queue.ts';

/** Asked for its bounds only where a broker says that it does not hold the offset. */
const cluster = undefined as unknown as Cluster;

const answered = (from: number, { end, bytes }: { end: number; bytes: Buffer }) =>
  readFetchResult(cluster, 'log', {
    partition: 0,
    from,
    response: { partition: 0, error: 0, end, first: 0, aborted: [], bytes },
  });

const queueAt = (from: number, end: number) =>
  new PartitionQueue({ partition: 0, from, end, maxBytes: 1000, onDemand: new ConditionVariable() });

it('takes a partition to hold the records of an answer whose end was noted before they were appended', async () => {
  for (let late = 0; late <= 4; late += 1) {
    const bytes = Buffer.concat([await batchOf(20, ['a', 'b']), await batchOf(22, ['c', 'd'])]);
    const result = await answered(20, { end: 24 - late, bytes });
    expect(result).toMatchObject({ next: 24, end: 24, fault: undefined });
    const queue = queueAt(20, 20);
    queue.accept(queue.demand, result);
    expect(queue.take({ from: 20, limit: 10, maxBytes: 10_000 }).map(({ offset }) => offset)).toEqual([
      20, 21, 22, 23,
    ]);
    expect(queue.answeredEnd).toBe(24);
  }
});

it('keeps the end of an answer without records, however early it is', async () => {
  for (const end of [0, 19, 20, 30]) {
    expect(await answered(20, { end, bytes: Buffer.alloc(0) })).toMatchObject({ next: 20, end });
  }
});
