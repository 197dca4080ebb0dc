import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectTopic } from '@tributary/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import { oldTables } from './old-tables.fixture.ts';
import type { ProcessUnderTest, Service } from './process-under-test.fixture.ts';
import { fact, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const cli = join(import.meta.dirname, '../../services/cli/bin/tributary.js');
const run = promisify(execFile);

/** What `tributary status` prints about a server, on stdout and stderr. */
const statusOf = async ({ url }: ProcessUnderTest): Promise<string> => {
  const { stdout, stderr } = await run(process.execPath, [cli, 'status', '--url', url]).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return `${stdout}${stderr}`;
};

const NOWHERE = '127.0.0.1:9';
const EXPIRING_DEAD_LETTERS = { KAFKA_DEAD_LETTERS_TOPIC: 'expiring' };
const SECRET = 'hunter2';
const SECRETS = { CLICKHOUSE_URL: `http://user:${SECRET}@${NOWHERE}`, CLICKHOUSE_PASSWORD: SECRET };

describe.skipIf(missing)(
  `conditions that keep a service from being ready${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: 2 });
      const create = { partitions: 1, replicas: 1, config: { 'retention.ms': '604800000' } };
      await (await connectTopic({ ...topicAt(cluster, 'expiring'), create })).close();
    });
    afterAll(() => cluster?.stop());

    it.each<[Service, string, Record<string, string>, string]>([
      ['attribution', 'missing tables', {}, 'schema_absent'],
      ['projector', 'a missing topic', { KAFKA_TOPIC: 'absent' }, 'topic_missing'],
      ['ingest', 'a log that expires', { KAFKA_TOPIC: 'expiring' }, 'topic_removes_records'],
      ['ingest', 'dead letters that expire', EXPIRING_DEAD_LETTERS, 'topic_removes_records'],
      ['projector', 'dead letters that expire', EXPIRING_DEAD_LETTERS, 'topic_removes_records'],
      ['ingest', 'a missing topic of dead letters', { KAFKA_DEAD_LETTERS_TOPIC: 'absent' }, 'topic_missing'],
      ['ingest', 'a broker that refuses connections', { KAFKA_BROKERS: NOWHERE }, 'broker_unreachable'],
      ['api', 'a cluster with an unexpected id', { KAFKA_CLUSTER_ID: 'other' }, 'wrong_cluster'],
      [
        'projector',
        'an engine that refuses connections',
        { CLICKHOUSE_URL: `http://${NOWHERE}` },
        'engine_unreachable',
      ],
    ])(
      '%s: /ready and `tributary status` report %s, and the process keeps running',
      async (service, _what, env, code) => {
        const process = await cluster.start(service, { ...env, KAFKA_RETRY_TIMEOUT_MS: '2000' });
        const { body } = await process.becomes({ condition: code });
        expect(body.conditions?.[0]?.detail.length).toBeGreaterThan(30);
        expect(await statusOf(process)).toContain(code);
        expect(process.isAlive()).toBe(true);
        expect(process.output().split('"event":"process.condition"').length - 1).toBe(1);
        expect(await process.end('SIGTERM')).toBe(0);
      },
    );

    it('finds a topic that is created later without a restart, and prints no secret', async () => {
      const later = `${cluster.topic}-later`;
      const ingest = await cluster.start('ingest', { KAFKA_TOPIC: later, ...SECRETS });
      await ingest.becomes({ condition: 'topic_missing' });
      const create = { partitions: 1, replicas: 1, config: { 'retention.ms': '-1' } };
      const made = await connectTopic({ ...topicAt(cluster, later), create });
      await made.close();
      await ingest.becomes('ready');
      expect(ingest.output()).not.toContain(SECRET);
    });

    it('refuses a folder of blobs that is not the one its replica knows, until the loss is accepted by the printed command', async () => {
      const data = { TRIBUTARY_DATA: join(cluster.directory, 'ingest-known') };
      const before = await cluster.start('ingest', data);
      await before.becomes('ready');
      await before.end('SIGTERM');
      const forgotten = { ...data, TRIBUTARY_BLOBS: join(cluster.directory, 'not mounted') };
      const ingest = await cluster.start('ingest', forgotten);
      const { body } = await ingest.becomes({ condition: 'blobs_missing' });
      const command = /accept the loss by: (.*)$/.exec(body.conditions?.[0]?.detail ?? '')?.[1];
      await run('sh', ['-c', command ?? 'false'], { env: { ...process.env, ...forgotten } });
      await ingest.becomes('ready');
    });

    it('stops the projector of a folder of blobs that is not the right one at the first long fact, and leaves none out', async () => {
      const group = { KAFKA_GROUP: `${cluster.group}-blobs` };
      const wrong = join(cluster.directory, 'not mounted for the projector');
      const projector = await cluster.start('projector', { ...group, TRIBUTARY_BLOBS: wrong });
      const ingest = await cluster.start('ingest', group);
      await projector.becomes('ready');
      await ingest.becomes('ready');
      const config = { text: 'x'.repeat(100_000) };
      await send(ingest, [
        fact('training.run.started', { runId: 'long', attempt: 1, model: { name: 'm' }, config, seeds: {} }),
      ]);
      const { body } = await projector.becomes({ condition: 'blobs_missing' });
      expect(body.conditions?.[0]?.detail).toContain('it holds data of facts that were acknowledged');
      cpSync(join(cluster.directory, 'blobs'), wrong, { recursive: true });
      await projector.becomes('ready');
    });

    it('refuses new facts with 507 where the disk has less room than it may use, and goes on', async () => {
      const ingest = await cluster.start('ingest', {
        TRIBUTARY_DISK_WARN_BYTES: String(2 ** 52),
        TRIBUTARY_DISK_REFUSE_BYTES: String(2 ** 51),
      });
      await ingest.becomes({ condition: 'disk_low' });
      await expect(send(ingest, [started('no room')])).rejects.toThrow(/^507: .*"code":"disk_low"/);
      expect((await fetch(`${ingest.url}/health`)).status).toBe(200);
    });

    it('keeps the api waiting on tables of an older version until a projector has migrated them', async () => {
      const older = await oldTables();
      try {
        const env = { CLICKHOUSE_URL: older.url };
        const api = await cluster.start('api', env);
        const { body } = await api.becomes({ condition: 'schema_older' });
        expect(body.conditions?.[0]?.detail).toContain('0050');
        await cluster.start('projector', { ...env, KAFKA_GROUP: `${cluster.group}-older` });
        await api.becomes('ready');
      } finally {
        await older.stop();
      }
    });

    it('ends the process on an invalid configuration, and lists every problem by the name of its variable', async () => {
      const refused = await cluster
        .start('projector', { KAFKA_BROKERS: '', CLICKHOUSE_URL: 'no address', PORT: '99999' })
        .then(() => '', String);
      for (const name of ['KAFKA_BROKERS', 'CLICKHOUSE_URL', 'PORT']) expect(refused).toContain(`${name}: `);
    });
  },
);
