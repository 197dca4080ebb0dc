import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { keyedFormat, recordsAt } from './partition.fixture.ts';
import { Replica } from './replica.ts';
import { replicate } from './replicate.ts';
import type { PartitionBounds } from './topic.ts';
import { topicInMemory } from './topic.fixture.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const RECORDS = recordsAt(0, new Map(['a', 'b', 'c'].map((id, offset) => [offset, { id }])));

/** A replica that has read so many of the records, in a directory of its own. */
async function replicaWith(count: number): Promise<Replica> {
  const directory = mkdtempSync(join(tmpdir(), 'replicate-'));
  const sizes = { mapBytes: 2 ** 24, recentBytes: 2 ** 20 };
  const replica = await Replica.open({
    directory,
    partition: 0,
    format: keyedFormat,
    clock: () => 0,
    ...sizes,
  });
  closing.push(
    () => rmSync(directory, { recursive: true }),
    () => replica.close(),
  );
  await replica.take(RECORDS.slice(0, count));
  return replica;
}

/** A topic with the records, whose leaders name these bounds one after the other. */
async function topicNaming(bounds: readonly (PartitionBounds | undefined)[]) {
  const topic = topicInMemory('events', 1);
  await topic.append(
    RECORDS.map(({ key, value, ...record }) => ({
      ...record,
      key: key ?? Buffer.of(),
      value: value ?? Buffer.of(),
    })),
  );
  let asked = 0;
  const refuse = (): never => {
    throw new Error('not asked for');
  };
  return {
    ...topic,
    clusterId: 'c',
    maxRecordBytes: Infinity,
    knownBounds: () => Promise.resolve([bounds[Math.min(asked++, bounds.length - 1)]]),
    join: refuse,
    hold: refuse,
    commits: refuse,
    members: refuse,
    moveGroup: refuse,
    removal: refuse,
    fragility: refuse,
    close: () => Promise.resolve(),
  };
}

it.each([
  ['ends before what was read', { first: 0, end: 1 }, 'log_too_short'],
  ['begins after what is needed', { first: 4, end: 4 }, 'log_truncated'],
])(
  'is complete once a partition without a leader has one, also where the first one that it gets %s',
  async (_what, wrong, code) => {
    const replica = await replicaWith(2);
    const topic = await topicNaming([undefined, undefined, wrong, wrong, { first: 0, end: 3 }]);
    const following = await replicate([replica], { topic });
    closing.push(() => following.stop());
    expect(following.fault()).toMatchObject({ code: 'partition_leaderless' });
    await expect.poll(() => following.fault(), { interval: 20 }).toMatchObject({ code });
    await expect.poll(() => following.fault()).toBeUndefined();
    await following.recognised(0);
    expect(replica.next).toBe(3);
  },
);
