import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTopic, type TopicOptions } from './connect-topic.ts';
import { brokerUnavailable, startBroker, type Broker } from '@tributary/test-servers';

const missing = brokerUnavailable();
const PARTITIONS = [0, 1, 2, 3, 4, 5];
let broker: Broker;

const soon = <T>(value: () => T) => expect.poll(value, { timeout: 120_000, interval: 100 });

describe.skipIf(missing)(`three brokers${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await startBroker({ brokers: 3 });
  });
  afterAll(() => broker.stop());

  it('lose nothing and keep the order while each of them is killed in turn', async () => {
    const reports: string[] = [];
    const options: TopicOptions = {
      brokers: broker.bootstrap,
      clientId: 'spec',
      topic: 'events',
      create: { partitions: PARTITIONS.length, replicas: 3, config: { 'min.insync.replicas': '2' } },
      group: { session: 6000, heartbeat: 300, retry: 200, rebalance: 8000 },
      retryTimeout: 120_000,
      report: (line) => reports.push(line),
    };
    const topic = await connectTopic(options);
    const other = await connectTopic(options);
    const arrived = PARTITIONS.map((): number[] => []);
    const following = await topic.follow({
      from: PARTITIONS.map(() => 0),
      take: ({ partition, records }) =>
        Promise.resolve(void arrived[partition]?.push(...records.map(({ value }) => Number(value)))),
    });
    const membership = await other.join({
      group: 'tables',
      queueBytes: 1_000_000,
      work: async (assignment) => {
        for (let from = assignment.committed?.offset ?? 0; ;) {
          await assignment.waitForRecord(from);
          const records = await assignment.read({ from, limit: 50, maxBytes: 1_000_000 });
          from = (records.at(-1)?.offset ?? 0) + 1;
          await assignment.commit({ offset: from, metadata: '' });
        }
      },
    });
    let appended = 0;
    const writing = { on: true };
    const writer = (async () => {
      for (; writing.on; appended += 1) {
        const value = Buffer.from(String(appended));
        await topic.append(
          PARTITIONS.map((partition) => ({ partition, key: Buffer.from('k'), value, headers: [] })),
        );
      }
    })();
    for (const index of [0, 1, 2]) {
      await broker.kill(index);
      const before = appended;
      await soon(() => appended).toBeGreaterThan(before + 50);
      await broker.restart(index);
      const restarted = appended;
      await soon(() => appended).toBeGreaterThan(restarted + 50);
    }
    writing.on = false;
    await writer;
    const ends = (await topic.bounds()).map(({ end }) => end);
    await soon(() => arrived.map(({ length }) => length)).toEqual(ends);
    // A retry may have written a batch twice. Without these repeats all records are present, in order.
    for (const values of arrived)
      expect([...new Set(values)]).toEqual(Array.from({ length: appended }, (_, at) => at));
    await soon(async () => (await topic.commits('tables')).map((commit) => commit?.offset)).toEqual(ends);
    expect(following.fault()).toBeUndefined();
    await membership.leave();
    await following.stop();
    await Promise.all([topic.close(), other.close()]);
    expect(reports.length).toBeLessThan(30);
  });
});
