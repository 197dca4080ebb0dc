import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import type { Message } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sumsOf } from '../chaos/tables.fixture.ts';
import { clusterUnavailable, startCluster } from '../distributed/cluster.fixture.ts';
import type { Cluster } from '../distributed/cluster.fixture.ts';
import type { ProcessUnderTest } from '../distributed/process-under-test.fixture.ts';
import { changedTables, unpacked } from './written-before.fixture.ts';
import type { KeptRecord, TopicWritten } from './written-before.fixture.ts';

const PROJECTOR = join(import.meta.dirname, '../../dist/projector.js');

const missing = clusterUnavailable();

describe.skipIf(missing)(
  `services on what was written before${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    const { directory, expected } = unpacked<TopicWritten>('topic.tgz');
    let cluster: Cluster;
    let ingest: ProcessUnderTest;

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 4, tables: join(directory, 'clickhouse') });
      cpSync(join(directory, 'blobs'), join(cluster.directory, 'blobs'), { recursive: true });
      const kafka = new Kafka({ brokers: [...cluster.broker.bootstrap], logLevel: logLevel.NOTHING });
      await write(kafka, cluster.topic, expected.records);
      await write(kafka, cluster.deadLetters, expected.deadLetters);
      await commit(kafka, cluster, expected.commits);
      ingest = await cluster.start('ingest');
      await ingest.becomes({ condition: 'projector_older' });
    });
    afterAll(async () => {
      await cluster?.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const rebuild = (...flags: string[]): string =>
      execFileSync(process.execPath, [PROJECTOR, 'rebuild', ...flags], {
        env: cluster.env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });

    it('go on after a rebuild with every table as it was, since this version has other projections', async () => {
      rebuild();
      const projector = await cluster.start('projector');
      await projector.becomes('ready');
      expect(projector.output()).not.toContain('"level":"error"');
      await ingest.becomes('ready');
      expect(changedTables(expected.tables, await sumsOf(cluster.clickhouse))).toEqual([]);
    });

    it('answer a retry of an earlier event as a repeat', async () => {
      const record = expected.records.find(({ partition, headers }) => partition === 2 && 'ce_id' in headers);
      const response = await fetch(`${ingest.url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: Buffer.from(record?.value ?? '', 'base64'),
      });
      const answer: { stored: number; duplicates: number } = JSON.parse(await response.text());
      expect([response.status, answer.stored, answer.duplicates]).toEqual([200, 0, 1]);
    });

    it('rebuild every table equal from the topic', () => {
      expect(rebuild('--verify')).toMatch(/equal/);
    });
  },
);

/** To the same partitions in the same order, so that every record has its offset again. */
async function write(kafka: Kafka, topic: string, records: readonly KeptRecord[]): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const bytes = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text, 'base64'));
  const messages = records.map(({ partition, timestamp, key, value, headers }): Message => ({
    partition,
    timestamp,
    key: bytes(key),
    value: bytes(value),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, Buffer.from(text, 'base64')]),
    ),
  }));
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** What the group had committed beside its offsets. A member that has just joined may lose its first commit. */
async function commit(
  kafka: Kafka,
  { topic, group }: Cluster,
  commits: TopicWritten['commits'],
): Promise<void> {
  const consumer = kafka.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
  await joined;
  const admin = kafka.admin();
  await admin.connect();
  await vi.waitUntil(
    async () => {
      await consumer.commitOffsets(commits.map((one) => ({ topic, ...one })));
      const [kept] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return commits.every((one) =>
        kept?.partitions.some((at) => at.partition === one.partition && at.metadata === one.metadata),
      );
    },
    { timeout: 60_000, interval: 200 },
  );
  await admin.disconnect();
  await consumer.disconnect();
}
