import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openTopicDeadLetters } from '@tributary/dead-letters';
import { openPartitionLog } from '@tributary/event-log';
import type { PartitionAssignment, RecordedEvent, Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import { eventPosition, formatEventPosition } from '@tributary/kernel';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import type { SharedBroker } from '@tributary/test-servers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRefusal } from '../../libs/adapters/dead-letters/src/refusals.fixture.ts';
import { LogInstances } from './log-instances.fixture.ts';
import { plainFormat } from './plain-format.fixture.ts';
import { event, STREAMS } from './streams.fixture.ts';

const missing = brokerUnavailable();
const ATOMIC = { atomic: true };
let broker: SharedBroker;
let instances: LogInstances;
const closing: (() => Promise<unknown>)[] = [];

const unique = (): string => `expired-${randomUUID()}`;
const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id);

/** Removes the records of a partition before an offset, as retention does. */
async function expire(topic: string, partition: number, before: number): Promise<void> {
  const { admin } = await instances.foreignClient();
  /* kafkajs looks for leaders among the topics that it has been asked about. */
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(before) }] });
}

/** The process stands still between two answers of the broker, for longer than it takes a topic to be the same after. */
async function hang(): Promise<void> {
  await pause(1_000);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 7_000);
  await pause(1_000);
}

async function connected(name: string): Promise<Topic> {
  const create = { partitions: 1, replicas: 1, config: { 'retention.ms': '-1' } };
  const topic = await connectTopic({ brokers: broker.bootstrap, clientId: 'test', topic: name, create });
  closing.push(() => topic.close());
  return topic;
}

describe.skipIf(missing)(
  `a partition whose records were all removed after they were read${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    beforeAll(async () => {
      broker = await sharedBroker();
      instances = new LogInstances(broker);
    });
    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) await close();
      await instances.closeAll();
    });

    it('takes facts, also after its reading was interrupted', async () => {
      const name = unique();
      const before = await instances.open(name);
      for (const id of ['a', 'b', 'c']) await before.log.append([event(id, 1)], ATOMIC);
      await before.close();
      await expire(name, 1, 3);
      const { log } = await instances.open(name, { directory: before.directory });
      await hang();
      await log.append([event('d', 1), event('a', 1)], ATOMIC);
      expect(ids(await log.readStream(STREAMS[1] ?? ''))).toEqual(['a', 'b', 'c', 'd']);
      await expect.poll(() => [log.fault(), log.dead()]).toEqual([undefined, undefined]);
    });

    it('has dead letters folded that come later, also after its reading was interrupted', async () => {
      const topic = await connected(unique());
      const directory = instances.directory();
      const before = await openTopicDeadLetters({ topic, directory });
      await before.park([aRefusal('{'), aRefusal('[')]);
      await expect.poll(() => before.counts().parked).toBe(2);
      await before.close();
      await expire(topic.name, 0, 2);
      const deadLetters = await openTopicDeadLetters({ topic, directory });
      closing.push(() => deadLetters.close());
      await hang();
      const [id = ''] = await deadLetters.park([aRefusal('"')]);
      await expect.poll(() => deadLetters.counts().parked).toBe(3);
      await deadLetters.discard(id, { actor: 'mara', reason: 'seen to' });
      expect([deadLetters.fault(), deadLetters.dead()]).toEqual([undefined, undefined]);
    });

    it('is projected on', async () => {
      const topic = await connected(unique());
      const write = (id: string) => {
        const record = plainFormat.write(event(id), { recordTime: 1_000_000 });
        return topic.append([{ ...record, partition: 0 }]);
      };
      for (const id of ['a', 'b', 'c']) await write(id);
      await expire(topic.name, 0, 3);
      const after = formatEventPosition(eventPosition(0, 3));
      const projected: string[] = [];
      const work = async (assignment: PartitionAssignment): Promise<void> => {
        const nothing = { known: () => Promise.resolve([]), storedAt: () => Promise.resolve(undefined) };
        const refuse = () => Promise.resolve();
        const log = openPartitionLog({ assignment, format: plainFormat, ...nothing, refuse });
        await log.cursors.set('tables', { position: after });
        while (projected.length === 0)
          projected.push(...ids(await log.read({ after, limit: 10, maxBytes: 1_000_000 })));
        await log.changed(formatEventPosition(eventPosition(0, 4)), assignment.lost);
      };
      const membership = await topic.join({ group: topic.name, queueBytes: 1_000_000, work });
      closing.push(() => membership.leave());
      await expect.poll(() => membership.assignments()).toEqual([0]);
      await write('d');
      await expect.poll(() => projected).toEqual(['d']);
      expect(membership.fault()).toBeUndefined();
    });
  },
);
