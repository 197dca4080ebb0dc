import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brokerIsHere, jarsOf, startBroker, type Broker } from '../../testing/src/broker/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTopic } from './index.ts';

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const SOURCE = join(import.meta.dirname, 'foreign-producer.java');
const run = promisify(execFile);

const compilerMissing = (): string | undefined =>
  spawnSync('java', ['--describe-module', 'jdk.compiler']).status === 0
    ? undefined
    : 'a JDK is missing, java has no compiler';
const missing = brokerIsHere() ?? compilerMissing();
let broker: Broker;

describe.skipIf(missing)(`records of Kafka's own producer${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker.stop());

  it('are read in every compression and order, without the transactions that were given up', async () => {
    const name = 'foreign';
    const create = { partitions: 1, replicas: 1 };
    const topic = await connectTopic({ brokers: broker.bootstrap, clientId: 'spec', topic: name, create });
    const jars = jarsOf();
    if (!jars.ok) throw new Error(jars.reason);
    await run('java', ['-cp', jars.classpath, SOURCE, broker.bootstrap.join(), name, ...CODECS]);
    const read: string[] = [];
    const following = await topic.follow({
      from: [0],
      take: ({ records }) => Promise.resolve(void read.push(...records.map(({ value }) => String(value)))),
    });
    const words = 'word '.repeat(100);
    const written = CODECS.flatMap((codec) =>
      Array.from({ length: 300 }, (_, count) => `${codec} ${count} ${words}`),
    );
    const expected = [...written, 'finished 0', 'finished 1', 'finished 2'];
    await expect.poll(() => following.fault() ?? read.length, { timeout: 30_000 }).toBe(expected.length);
    expect(read).toEqual(expected);
    // The markers of the two transactions and what was given up have offsets, too.
    expect(await topic.bounds()).toEqual([{ first: 0, end: expected.length + 5 }]);
    await following.stop();
    await topic.close();
  });
});
