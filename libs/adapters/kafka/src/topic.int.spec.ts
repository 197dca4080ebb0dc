import { randomBytes } from 'node:crypto';
import { brokerUnavailable, startBroker, type Broker } from '@tributary/test-servers';
import type { NewRecord, PartitionAssignment, Topic, TopicRecord } from '@tributary/event-log';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { batchBytes } from './append/batch-bytes.ts';
import { produce } from './append/produce-request.ts';
import { leaderOf, withAdmin } from './client/cluster.ts';
import { ClusterConnection } from './client/cluster-connection.ts';
import { connectTopic, type TopicOptions } from './connect-topic.ts';
import { KEEPS_ALL } from './topic-settings.ts';

const missing = brokerUnavailable();
let broker: Broker;
let topics = 0;
const open: { close(): Promise<void> }[] = [];

const record = (partition: number, value: string): NewRecord => ({
  partition,
  key: Buffer.from(`stream-${partition}`),
  value: Buffer.from(value),
  headers: [['content-type', Buffer.from('application/cloudevents+json')]],
});
const values = (records: readonly TopicRecord[]) => records.map(({ value }) => String(value));
/** Polls for as long as the level allows, because the machine may be slow. */
const soon = <T>(value: () => T) => expect.poll(value);
const unique = (): string => `events-${(topics += 1)}`;

async function connect(options: Partial<TopicOptions> = {}): Promise<Topic> {
  const topic = await connectTopic({
    brokers: broker.bootstrap,
    clientId: 'spec',
    topic: unique(),
    create: { partitions: 3, replicas: 1, config: { 'retention.ms': '-1' } },
    ...options,
  });
  open.push(topic);
  return topic;
}

/** Writes records of a partition as one batch, however many and however long, as another producer may. */
async function writeBatch(topic: string, partition: number, some: readonly NewRecord[]): Promise<void> {
  const connection = new ClusterConnection({ brokers: broker.bootstrap, clientId: 'other' }, topic);
  open.push(connection);
  const batch = await batchBytes(some, { compression: 'gzip', now: Date.now() });
  await connection.use(async (cluster) =>
    produce(await leaderOf(cluster, topic, partition), { topic, partition, batch, timeout: 30_000 }),
  );
}

/** Follows a topic and collects its records by partition. */
async function collect(topic: Topic, from: readonly number[]) {
  const arrived = from.map((): TopicRecord[] => []);
  let check = (): void => undefined;
  const following = await topic.follow({
    from,
    // oxlint-disable-next-line typescript/require-await -- the port requires a promise
    take: async ({ partition, records }) => {
      for (const one of records) arrived[partition]?.push(one);
      check();
    },
  });
  open.unshift({ close: () => following.stop() });
  const until = (enough: (count: number) => boolean) =>
    new Promise<void>((resolve) => {
      check = () => {
        if (enough(arrived.reduce((sum, { length }) => sum + length, 0))) resolve();
      };
      check();
    });
  return { arrived, following, until };
}

describe.skipIf(missing)(`a topic${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterEach(async () => {
    for (const part of open.splice(0)) await part.close();
  });
  afterAll(() => broker.stop());

  it('returns the offsets at which records can be read, in the order of the calls', async () => {
    const topic = await connect();
    const calls = Array.from({ length: 30 }, (_, call) =>
      topic.append([0, 1, 0, 2].map((partition, index) => record(partition, `${call}.${index}`))),
    );
    const offsets = await Promise.all(calls);
    const { arrived, until } = await collect(topic, [0, 0, 0]);
    await until((count) => count === 120);
    expect(values(arrived[0] ?? [])).toEqual(calls.flatMap((_, call) => [`${call}.0`, `${call}.2`]));
    offsets.forEach(([first, second, third, fourth], call) => {
      const read = [
        arrived[0]?.[first ?? -1],
        arrived[1]?.[second ?? -1],
        arrived[0]?.[third ?? -1],
        arrived[2]?.[fourth ?? -1],
      ];
      expect(read.map((found) => String(found?.value))).toEqual(
        [0, 1, 2, 3].map((index) => `${call}.${index}`),
      );
    });
    expect(await topic.bounds()).toEqual([
      { first: 0, end: 60 },
      { first: 0, end: 30 },
      { first: 0, end: 30 },
    ]);
  });

  it('keeps key, value, headers and time', async () => {
    const topic = await connect({ compression: 'gzip' });
    const before = Date.now();
    await topic.append([record(1, 'ü')]);
    const { arrived, until } = await collect(topic, [0, 0, 0]);
    await until((count) => count === 1);
    expect(arrived[1]?.[0]).toMatchObject({ ...record(1, 'ü'), offset: 0 });
    expect(arrived[1]?.[0]?.timestamp).toBeGreaterThanOrEqual(before);
  });

  it('follows from an offset in the middle, and reports the end', async () => {
    const topic = await connect();
    await topic.append(['a', 'b', 'c', 'd'].map((value) => record(2, value)));
    const ends: number[] = [];
    const following = await topic.follow({
      from: [0, 0, 2],
      take: ({ records, end }) =>
        Promise.resolve(void ends.push(end, ...records.map(({ offset }) => offset))),
    });
    await soon(() => ends).toEqual([4, 2, 3]);
    await following.stop();
  });

  it('repeats a portion after a rejection, and reports the fault meanwhile', async () => {
    const topic = await connect();
    await topic.append([record(0, 'a')]);
    const seen: string[] = [];
    let failing = true;
    const following = await topic.follow({
      from: [0, 0, 0],
      take: ({ records }) => {
        seen.push(...values(records));
        return failing ? Promise.reject(new Error('disk full')) : Promise.resolve();
      },
    });
    await soon(() => following.fault()).toMatchObject({ message: 'disk full' });
    failing = false;
    await soon(() => following.fault()).toBeUndefined();
    await topic.append([record(0, 'b')]);
    await soon(() => seen.at(-1)).toBe('b');
    expect(seen.filter((value) => value === 'b')).toHaveLength(1);
    await following.stop();
  });

  it('refuses to follow from offsets that the broker does not hold', async () => {
    const topic = await connect();
    const follow = topic.follow({ from: [0, 5, 0], take: () => Promise.resolve() });
    await expect(follow).rejects.toMatchObject({ code: 'offset_out_of_range', retryable: false });
  });

  it('says that a partition ends before what was read for as long as it does, and no longer', async () => {
    const topic = await connect();
    const { name } = topic;
    await topic.append(['a', 'b', 'c'].map((value) => record(0, value)));
    const { following, until } = await collect(topic, [0, 0, 0]);
    await until((count) => count === 3);
    await withAdmin({ brokers: broker.bootstrap, clientId: 'operator' }, async (admin) => {
      await admin.deleteTopics({ topics: [name] });
      await soon(async () => (await admin.listTopics()).includes(name)).toBe(false);
    });
    const again = await connect({ topic: name });
    await again.append([record(0, 'x')]);
    await soon(() => following.lost()).toMatchObject({ code: 'offset_out_of_range' });
    await again.append(['y', 'z'].map((value) => record(0, value)));
    await soon(() => [following.lost(), following.fault()]).toEqual([undefined, undefined]);
  });

  it('reads a batch that becomes too large when decompressed as one record for its offsets, and all that follows it', async () => {
    const topic = await connect();
    const bomb = { ...record(0, ''), value: Buffer.alloc(70 * 1024 * 1024) };
    await writeBatch(topic.name, 0, [record(0, 'a'), bomb, record(0, 'b')]);
    await writeBatch(
      topic.name,
      0,
      Array.from({ length: 130_000 }, () => record(0, '')),
    );
    await topic.append([record(0, 'after')]);
    const { arrived, following, until } = await collect(topic, [1, 0, 0]);
    await until((count) => count === 130_002);
    const [unreadable, next] = arrived[0] ?? [];
    expect(unreadable).toMatchObject({ offset: 2, value: null, unreadable: { first: 0 } });
    expect(unreadable?.unreadable?.reason).toBe('more than 67108864 bytes when decompressed');
    expect(next?.offset).toBe(3);
    expect(arrived[0]?.at(-1)).toMatchObject({ offset: 130_003, value: Buffer.from('after') });
    expect(following.fault()).toBeUndefined();
    expect((await topic.bounds())[0]).toEqual({ first: 0, end: 130_004 });
  });

  it('reads a batch that is larger than the share of a partition while others always have records', async () => {
    const topic = await connect({ create: { partitions: 2, replicas: 1 } });
    const [small, large] = ['s'.repeat(50_000), 'l'.repeat(500_000)];
    const rest = Array.from({ length: 150 }, () => small);
    for (const partition of [0, 1])
      for (const value of [small, large, ...rest]) await topic.append([record(partition, value)]);
    const end = rest.length + 2;
    const next = [0, 0];
    /** How far the other partition was read when the large record of a partition came. */
    const othersAt: number[] = [];
    const work = async (assignment: PartitionAssignment): Promise<void> => {
      const { partition } = assignment;
      for (let from = 0; ; next[partition] = from) {
        await assignment.waitForRecord(from);
        const records = await assignment.read({ from, limit: 100, maxBytes: 1_000_000 });
        if (records.some(({ offset }) => offset === 1)) othersAt.push(next[1 - partition] ?? 0);
        from = (records.at(-1)?.offset ?? 0) + 1;
      }
    };
    const membership = await topic.join({ group: topic.name, queueBytes: 2 * 64 * 1024, work });
    open.unshift({ close: () => membership.leave() });
    await soon(() => next).toEqual([end, end]);
    expect(Math.max(...othersAt)).toBeLessThan(end / 2);
  });

  it('splits records that are too large for one batch, and refuses a record that is too large for any', async () => {
    const config = { 'max.message.bytes': '20000' };
    const topic = await connect({ create: { partitions: 1, replicas: 1, config } });
    const some = Array.from({ length: 10 }, () => record(0, 'x'.repeat(6000)));
    expect(await topic.append(some)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await expect(topic.append([record(0, 'x'.repeat(30_000))])).rejects.toMatchObject({
      code: 'record_too_large',
    });
    const zipped = await connect({ topic: topic.name, compression: 'gzip' });
    await expect(zipped.append([{ ...record(0, ''), value: randomBytes(30_000) }])).rejects.toMatchObject({
      code: 'record_too_large',
      retryable: false,
    });
  });

  it('says how to create a missing topic', async () => {
    const options = { brokers: broker.bootstrap, clientId: 'spec', topic: unique() };
    await expect(connectTopic(options)).rejects.toMatchObject({
      code: 'topic_missing',
      message: expect.stringContaining('kafka-topics.sh --create') as string,
    });
  });

  it.each([
    [{ 'cleanup.policy': 'compact' }, 'cleanup.policy=compact'],
    [
      { 'cleanup.policy': 'compact,delete', 'retention.bytes': '1000000' },
      'cleanup.policy=compact,delete, retention.ms=604800000, retention.bytes=1000000',
    ],
    [{ 'retention.ms': '604800000' }, 'retention.ms=604800000'],
  ])(
    'refuses a topic with %s where it has to keep all, and says how to keep its records',
    async (config, said) => {
      const { name } = await connect({ create: { partitions: 1, replicas: 1, config } });
      await expect(connect({ topic: name, keepsAll: true })).rejects.toMatchObject({
        code: 'topic_removes_records',
        message: expect.stringMatching(
          `\\(${said}\\).* --entity-name ${name} --add-config cleanup.policy=delete,`,
        ) as string,
      });
    },
  );

  it('says that its brokers remove records, and where they begin, once somebody has set it while it is open', async () => {
    const created = { create: { partitions: 1, replicas: 1, config: KEEPS_ALL } };
    const topic = await connect({ ...created, keepsAll: true });
    await topic.append(['a', 'b', 'c'].map((value) => record(0, value)));
    expect(await topic.removal()).toBeUndefined();
    expect(await topic.fragility()).toBeUndefined();
    await withAdmin({ brokers: broker.bootstrap, clientId: 'operator' }, async (admin) => {
      const configEntries = [{ name: 'retention.ms', value: '86400000' }];
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: 2, name: topic.name, configEntries }],
      });
      /* kafkajs looks for leaders among the topics that it has been asked about. */
      await admin.fetchTopicOffsets(topic.name);
      await admin.deleteTopicRecords({ topic: topic.name, partitions: [{ partition: 0, offset: '2' }] });
    });
    await soon(() => topic.removal()).toMatch(/^retention\.ms=86400000; keep them: `kafka-configs\.sh /);
    expect(await topic.knownBounds()).toEqual([{ first: 2, end: 3 }]);
  });

  it('keeps its records where it is created to', async () => {
    const created = { create: { partitions: 1, replicas: 1, config: KEEPS_ALL } };
    await expect(connect({ ...created, keepsAll: true })).resolves.toBeDefined();
  });

  it('refuses a cluster other than that of the stored offsets', async () => {
    const { clusterId, name } = await connect();
    await expect(connect({ topic: name, clusterId })).resolves.toMatchObject({ clusterId });
    await expect(connect({ topic: name, clusterId: 'other' })).rejects.toMatchObject({
      code: 'wrong_cluster',
    });
  });

  it('refuses a cluster with too few brokers for the replicas of a new topic', async () => {
    const create = { partitions: 1, replicas: 3 };
    await expect(connect({ create })).rejects.toMatchObject({ code: 'broker_refused', retryable: false });
  });

  it('reports an unreachable broker as retryable', async () => {
    await expect(connect({ brokers: ['127.0.0.1:1'] })).rejects.toMatchObject({
      code: 'broker_unreachable',
      retryable: true,
    });
  });

  it('continues appending and following after a broker was killed, but fails an append after its timeout, and says that it may have been written', async () => {
    const topic = await connect();
    const impatient = await connect({ retryTimeout: 500 });
    const { arrived, following, until } = await collect(topic, [0, 0, 0]);
    await topic.append([record(0, 'before')]);
    await until((count) => count === 1);
    await broker.kill();
    const during = topic.append([record(0, 'during'), record(1, 'during')]);
    await expect(impatient.append([record(0, 'lost')])).rejects.toMatchObject({
      code: 'broker_unreachable',
      retryable: true,
      message: expect.stringContaining('may have been written') as string,
    });
    await soon(() => following.fault()).toMatchObject({ code: 'broker_unreachable' });
    await broker.restart();
    const [offset] = await during;
    await topic.append([record(0, 'after')]);
    await until(() => values(arrived[0] ?? []).includes('after'));
    expect(arrived[0]?.find((found) => found.offset === offset)).toMatchObject({
      value: Buffer.from('during'),
    });
    expect([...new Set(values(arrived[0] ?? []))]).toEqual(['before', 'during', 'after']);
    /* Partitions recover one after the other, and a fault of any of them is one of the topic. */
    await soon(() => following.fault()).toBeUndefined();
    /* The broker may need longer than this timeout until it leads all its partitions again. */
    const appended = (): Promise<number> =>
      impatient.append([record(0, 'kept')]).then(
        ({ length }) => length,
        () => 0,
      );
    await soon(appended).toBe(1);
  });
});
