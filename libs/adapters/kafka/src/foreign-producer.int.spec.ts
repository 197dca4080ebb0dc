import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brokerUnavailable, jarsOf, sharedBroker, type SharedBroker } from '@tributary/test-servers';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectTopic } from './connect-topic.ts';

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const SOURCE = join(import.meta.dirname, 'foreign-producer.java');
/** Three records and the marker of an aborted transaction. */
const GIVEN_UP = 4;
const run = promisify(execFile);

const compilerMissing = (): string | undefined =>
  spawnSync('java', ['--describe-module', 'jdk.compiler']).status === 0
    ? undefined
    : 'a JDK is missing, java has no compiler';
const missing = brokerUnavailable() ?? compilerMissing();
let broker: SharedBroker;

describe.skipIf(missing)(`records of Kafka's Java producer${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await sharedBroker();
  });

  it('are read with every compression, in order, without aborted transactions', async () => {
    const name = `foreign-${randomUUID()}`;
    const create = { partitions: 1, replicas: 1 };
    const topic = await connectTopic({ brokers: broker.bootstrap, clientId: 'spec', topic: name, create });
    const jars = jarsOf();
    if (!jars.ok) throw new Error(jars.reason);
    await run('java', ['-cp', jars.classpath, SOURCE, broker.bootstrap.join(), name, ...CODECS]);
    const read: string[] = [];
    const ends: number[] = [];
    const following = await topic.follow({
      from: [0],
      take: ({ records, end }) => {
        read.push(...records.map(({ value }) => String(value)));
        return Promise.resolve(void ends.push(end));
      },
    });
    const words = 'word '.repeat(100);
    const written = CODECS.flatMap((codec) =>
      Array.from({ length: 300 }, (_, count) => `${codec} ${count} ${words}`),
    );
    const expected = [...written, 'finished 0', 'finished 1', 'finished 2'];
    await expect.poll(() => following.fault() ?? read.length).toBe(expected.length);
    expect(read).toEqual(expected);
    expect(ends.at(-1)).toBe(read.length + GIVEN_UP);
    await following.stop();
    expect(await topic.bounds()).toEqual([{ first: 0, end: read.length + GIVEN_UP }]);
    // The marker after the last record has an offset, but is not part of the readable end.
    await topic
      .follow({ from: [read.length + GIVEN_UP + 1], take: () => Promise.resolve() })
      .then((late) => late.stop());
    await topic.close();
  });
});
