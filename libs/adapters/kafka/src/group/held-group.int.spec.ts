import { randomUUID } from 'node:crypto';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import type { SharedBroker } from '@tributary/test-servers';
import type { GroupOptions, Membership, PartitionAssignment, Topic } from '@tributary/event-log';
import { retry, sleep } from '@tributary/kernel';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { ClusterConnection } from '../client/cluster-connection.ts';
import { connectTopic } from '../connect-topic.ts';
import { holdGroup } from './held-group.ts';

const missing = brokerUnavailable();
const PARTITIONS = 4;
const all = (count: number) => Array.from({ length: count }, (_, index) => index);
const TIMES = { session: 6000, heartbeat: 50, rebalance: 4000, retry: 50 };
const NOT_COORDINATOR = 16;

/** A connection whose first requests of a group are answered by a broker that does not coordinate it any more. */
class MovedConnection extends ClusterConnection {
  #refusals = 3;

  override use<T>(request: Parameters<ClusterConnection['use']>[0]): Promise<T> {
    if ((this.#refusals -= 1) < 0) return super.use(request) as Promise<T>;
    return Promise.reject(createErrorFromCode(NOT_COORDINATOR));
  }
}

const soon = <T>(value: () => T) => expect.poll(value, { timeout: 20_000 });

describe.skipIf(missing)(`a group that is held${missing ? `, skipped: ${missing}` : ''}`, () => {
  let broker: SharedBroker;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    broker = await sharedBroker();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  const connect = async (): Promise<Topic> => {
    const topic = await connectTopic({
      brokers: broker.bootstrap,
      clientId: 'spec',
      topic: `held-${randomUUID()}`,
      create: { partitions: PARTITIONS, replicas: 1, config: { 'retention.ms': '-1' } },
      group: TIMES,
    });
    open.push(topic);
    return topic;
  };
  const member = async (topic: Topic, work: GroupOptions['work']): Promise<Membership> => {
    const membership = await topic.join({ group: topic.name, queueBytes: 1_000_000, work });
    open.unshift({ close: () => membership.leave() });
    return membership;
  };

  it('has no partition for its other members until it is given back', async () => {
    const topic = await connect();
    const commits = all(PARTITIONS).map((offset) => ({ offset, metadata: `held ${offset}` }));
    const idle = ({ lost }: PartitionAssignment): Promise<void> =>
      new Promise((resolve) => lost.addEventListener('abort', () => resolve()));
    const members = [await member(topic, idle), await member(topic, idle)];
    const assigned = () => members.flatMap((one) => one.assignments()).toSorted((a, b) => a - b);
    await soon(assigned).toEqual(all(PARTITIONS));
    const held = await topic.hold(topic.name);
    await soon(assigned).toEqual([]);
    expect(members.flatMap((one) => one.assigned())).toEqual([]);
    await held?.move(commits);
    expect(await topic.commits(topic.name)).toEqual(commits);
    expect(members.map((one) => one.fault())).toEqual([undefined, undefined]);
    await held?.release();
    await soon(assigned).toEqual(all(PARTITIONS));
  });

  it('tells which partitions a member has, also where its work has failed', async () => {
    const topic = await connect();
    const one = await member(topic, () => Promise.reject(new Error('an exchange is not finished')));
    await soon(() => one.fault()).toBeInstanceOf(Error);
    await soon(() => one.assigned()).toEqual(all(PARTITIONS));
  });

  it('is held at the broker that coordinates it now, where another one did', async () => {
    const { name: topic } = await connect();
    const access = { brokers: broker.bootstrap, clientId: 'spec' };
    const connection = new MovedConnection(access, topic);
    const leaveConnection = new ClusterConnection(access, topic);
    const context = { topic, times: TIMES, report: () => undefined, connection, leaveConnection };
    const held = await holdGroup(context, { group: topic, partitions: PARTITIONS });
    expect(held?.lost.aborted).toBe(false);
    await held?.release();
  });

  it('accepts no commit of a hold that another member ended', async () => {
    const topic = await connect();
    const held = await topic.hold(topic.name);
    const seen: (string | undefined)[] = [];
    await member(topic, async (assignment) => {
      seen.push(assignment.committed?.metadata);
      await assignment.commit({ offset: 0, metadata: 'of the member' });
      await new Promise((resolve) => assignment.lost.addEventListener('abort', resolve));
    });
    await soon(() => held?.lost.aborted).toBe(true);
    await soon(() => seen).toHaveLength(PARTITIONS);
    await expect(
      held?.move(all(PARTITIONS).map(() => ({ offset: 9, metadata: 'too late' }))),
    ).rejects.toMatchObject({ code: 'partition_lost' });
    await soon(() => topic.commits(topic.name)).toEqual(
      all(PARTITIONS).map(() => ({ offset: 0, metadata: 'of the member' })),
    );
    await held?.release();
  });

  it('is held where partitions were added since', async () => {
    const topic = await connect();
    const admin = new Kafka({ brokers: [...broker.bootstrap], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic: topic.name, count: PARTITIONS + 2 }] });
    const known = async () =>
      (await admin.fetchTopicMetadata({ topics: [topic.name] })).topics[0]?.partitions;
    await soon(known).toHaveLength(PARTITIONS + 2);
    await admin.disconnect();
    const held = await retry(() => topic.hold(topic.name), { firstDelay: 100, maxDelay: 1_000, sleep });
    expect(held?.lost.aborted).toBe(false);
    await held?.release();
  });

  it('is not the group of a member that knows nothing of it and assigns the partitions', async () => {
    const topic = await connect();
    const stock = new Kafka({ brokers: [...broker.bootstrap], logLevel: logLevel.NOTHING }).consumer({
      groupId: topic.name,
      sessionTimeout: 6000,
      heartbeatInterval: 50,
      maxWaitTimeInMs: 50,
      rebalanceTimeout: 4000,
    });
    await stock.connect();
    await stock.subscribe({ topic: topic.name });
    const joined = new Promise((resolve) => stock.on(stock.events.GROUP_JOIN, resolve));
    await stock.run({ eachMessage: async () => undefined });
    await joined;
    expect(await topic.hold(topic.name)).toBeUndefined();
    await soon(() => topic.members(topic.name)).toBe(1);
    await stock.disconnect();
  });
});
