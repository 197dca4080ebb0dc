import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import type { Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKafkaLog } from '@tributary/event-log';
import type { NewEvent } from '@tributary/event-log';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { brokerUnavailable, startBroker } from '@tributary/test-servers';
import type { Broker } from '@tributary/test-servers';
import { anEvent } from '../../libs/core/event-log/src/log-under-test.fixture.ts';
import { plainFormat } from '../kafka-log/plain-format.fixture.ts';

const missing = brokerUnavailable();

/** An event whose stream is in a partition of three. */
const eventIn = (partition: number): NewEvent => {
  const streams = Array.from({ length: 50 }, (_, number) => `run/${number}`);
  const stream = streams.find((one) => partitionOf(Buffer.from(one), 3) === partition) ?? '';
  return anEvent({ id: `event ${partition}`, stream });
};

const without = missing === undefined ? '' : ` (skipped: ${missing})`;

const clientOf = ({ bootstrap }: Broker): Kafka =>
  new Kafka({
    brokers: [...bootstrap],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 30 },
  });

async function withTopic(client: Kafka, replicationFactor: number): Promise<Producer> {
  const admin = client.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: 't', numPartitions: 1, replicationFactor }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  const producer = client.producer();
  await producer.connect();
  return producer;
}

const send = async (producer: Producer, value: string): Promise<string | undefined> =>
  (await producer.send({ topic: 't', acks: -1, messages: [{ value }] }))[0]?.baseOffset;

async function values(client: Kafka, count: number): Promise<string[]> {
  const consumer = client.consumer({ groupId: 'g', maxWaitTimeInMs: 200 });
  const seen: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: 't', fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void seen.push(String(message.value)) });
  await expect.poll(() => seen.length).toBe(count);
  await consumer.disconnect();
  return seen;
}

async function listens(address: string): Promise<boolean> {
  const [host = '', port = ''] = address.split(':');
  const socket = connect(Number(port), host);
  const answered = await once(socket, 'connect').catch(() => undefined);
  socket.destroy();
  return answered !== undefined;
}

describe.skipIf(missing)(`a broker${without}`, () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(async () => broker.stop());

  it('keeps acknowledged records through SIGKILL, and restarts on its address', async () => {
    const client = clientOf(broker);
    const producer = await withTopic(client, 1);
    await send(producer, 'before');
    const [killed] = broker.pids();
    await broker.kill();
    expect(() => process.kill(killed ?? 0, 0)).toThrow('ESRCH');
    expect(broker.pids()).toEqual([]);
    await broker.restart();
    expect(await send(producer, 'after')).toBe('1');
    await producer.disconnect();
    expect(await values(client, 2)).toEqual(['before', 'after']);
  });
});

describe.skipIf(missing)(`three brokers${without}`, () => {
  let broker: Broker;
  let producer: Producer;
  beforeAll(async () => {
    broker = await startBroker({ brokers: 3 });
    producer = await withTopic(clientOf(broker), 3);
    await send(producer, 'by three');
  });
  afterAll(async () => {
    await producer.disconnect();
    await broker.stop();
  });

  it('have partitions without a leader, which stop no other partition', async () => {
    const options = { brokers: broker.bootstrap, clientId: 'spec', topic: 'one-replica' };
    const topic = await connectTopic({ ...options, create: { partitions: 3, replicas: 1 } });
    const record = (partition: number) => ({
      partition,
      key: Buffer.from('k'),
      value: Buffer.from('v'),
      headers: [],
    });
    await topic.append([0, 1, 2].map(record));
    const arrived = [0, 0, 0];
    const following = await topic.follow({
      from: [0, 0, 0],
      take: ({ partition, end }) => Promise.resolve(void (arrived[partition] = end)),
    });
    await expect.poll(() => arrived).toEqual([1, 1, 1]);
    await broker.kill(0);
    await expect
      .poll(() => following.fault())
      .toMatchObject({ code: 'partition_leaderless', retryable: true });
    const [, number] =
      /partition (\d) of topic one-replica has no leader/.exec(String(following.fault())) ?? [];
    const others = [0, 1, 2].filter((partition) => partition !== Number(number));
    /* A process that starts now works on them too. */
    const another = await connectTopic(options);
    await another.append(others.map(record));
    await expect.poll(() => others.map((partition) => arrived[partition])).toEqual([2, 2]);
    expect(following.fault()).toMatchObject({ code: 'partition_leaderless' });
    await following.stop();
    /* A log opens too, knows what the other partitions have, and the rest once there is a leader. */
    const directory = await mkdtemp(join(tmpdir(), 'tributary-leaderless-'));
    const log = await openKafkaLog({ topic: another, format: plainFormat, directory, partitionOf });
    const ends = (): string[] => log.head().split(',');
    expect(ends()).toEqual([0, 1, 2].map((partition) => (others.includes(partition) ? '2' : '0')));
    expect(log.fault()).toMatchObject({ code: 'partition_leaderless' });
    /* What needs the one without a leader waits; what needs it not is acknowledged meanwhile, in requests that came later too. */
    const append = (...partitions: number[]) =>
      log.append(
        partitions.map((partition) => eventIn(partition)),
        { atomic: true },
      );
    const waiting = append(0, 1, 2).catch((fault: unknown) => fault);
    for (const partition of others)
      expect(await append(partition)).toMatchObject({ ok: true, stored: 0, duplicates: 1 });
    await broker.restart(0);
    await expect.poll(() => log.fault(), { timeout: 60_000 }).toBeUndefined();
    await waiting;
    expect(await append(0, 1, 2)).toMatchObject({ ok: true, receipts: [{}, {}, {}] });
    expect(log.counts()).toEqual({ 'training.steps.recorded': 3 });
    await log.close();
    await rm(directory, { recursive: true });
    await Promise.all([topic.close(), another.close()]);
  });

  it('have a partition without a leader while a log opens again on its replica, which stops no other partition', async () => {
    const options = { brokers: broker.bootstrap, clientId: 'spec', topic: 'read-before' };
    const topic = await connectTopic({ ...options, create: { partitions: 3, replicas: 1 } });
    const directory = await mkdtemp(join(tmpdir(), 'tributary-leaderless-'));
    const open = () => openKafkaLog({ topic, format: plainFormat, directory, partitionOf });
    const events = (partition: number, count: number): NewEvent[] =>
      Array.from({ length: count }, (_, n) => ({ ...eventIn(partition), id: `event ${partition}.${n}` }));
    const before = await open();
    for (const partition of [0, 1, 2]) await before.append(events(partition, 3), { atomic: false });
    await before.close();
    await broker.kill(0);
    const log = await open();
    await expect.poll(() => log.fault()).toMatchObject({ code: 'partition_leaderless' });
    const [, number] = /partition (\d) of/.exec(String(log.fault())) ?? [];
    const others = [0, 1, 2].filter((partition) => partition !== Number(number));
    for (const partition of others)
      expect(await log.append(events(partition, 4), { atomic: false })).toMatchObject({
        ok: true,
        stored: 1,
        duplicates: 3,
      });
    await broker.restart(0);
    await expect.poll(() => log.fault(), { timeout: 60_000 }).toBeUndefined();
    expect(await log.append(events(Number(number), 4), { atomic: false })).toMatchObject({ stored: 1 });
    await log.close();
    await rm(directory, { recursive: true });
    await topic.close();
  });

  it('accept writes without one of them', async () => {
    await broker.kill(0);
    expect(await send(producer, 'by two')).toBe('1');
  });
});

describe.skipIf(missing)(`the command${without}`, () => {
  it('leaves no process and no directory behind when it is killed', async () => {
    const state = join(await mkdtemp(join(tmpdir(), 'tributary-')), 'state.json');
    const command = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../tools/broker/main.js'), 'run', '--state', state],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(command.stdout, 'data');
    const { addresses, directory } = JSON.parse(await readFile(state, 'utf8'));
    await rm(dirname(state), { recursive: true });
    expect(existsSync(directory)).toBe(true);
    expect(await listens(addresses)).toBe(true);
    command.kill('SIGKILL');
    await expect.poll(() => existsSync(directory)).toBe(false);
    await expect.poll(async () => listens(addresses)).toBe(false);
  });
});
