import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectTopic } from '@tributary/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterIsHere, startCluster, topicAt } from './cluster.suite.ts';
import type { Cluster } from './cluster.suite.ts';
import { oldTables } from './old-tables.suite.ts';
import type { ProcessUnderTest, Service } from './process-under-test.suite.ts';

const missing = clusterIsHere();
const cli = join(import.meta.dirname, '../../services/cli/bin/tributary.js');
const run = promisify(execFile);

/** What `tributary status` says of a server, wherever it says it. */
const statusOf = async ({ url }: ProcessUnderTest): Promise<string> => {
  const { stdout, stderr } = await run(process.execPath, [cli, 'status', '--url', url]).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return `${stdout}${stderr}`;
};

const NOWHERE = '127.0.0.1:9';

describe.skipIf(missing)(`what is in the way of a service${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ partitions: 2 });
  });
  afterAll(() => cluster?.stop());

  it.each<[Service, string, Record<string, string>, string]>([
    ['attribution', 'tables that nobody has made', {}, 'schema_absent'],
    ['projector', 'a topic that is not there', { KAFKA_TOPIC: 'absent' }, 'topic_missing'],
    ['ingest', 'a topic that is not there', { KAFKA_DEAD_LETTERS_TOPIC: 'absent' }, 'topic_missing'],
    ['ingest', 'a broker that refuses', { KAFKA_BROKERS: NOWHERE }, 'broker_unreachable'],
    ['api', 'another cluster than the one named', { KAFKA_CLUSTER_ID: 'other' }, 'wrong_cluster'],
    ['projector', 'an engine that refuses', { CLICKHOUSE_URL: `http://${NOWHERE}` }, 'engine_unreachable'],
  ])(
    '%s: %s is told by /ready and by `tributary status`, and the process goes on',
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

  it('a topic that is made later is found without a restart', async () => {
    const ingest = await cluster.start('ingest', { KAFKA_TOPIC: 'later' });
    await ingest.becomes({ condition: 'topic_missing' });
    const create = { partitions: 1, replicas: 1, config: { 'retention.ms': '-1' } };
    const made = await connectTopic({ ...topicAt(cluster, 'later'), create });
    await made.close();
    await ingest.becomes('ready');
  });

  it('tables of an older version keep the api waiting until a projector of this version has changed them', async () => {
    const older = await oldTables();
    try {
      const env = { CLICKHOUSE_URL: older.url };
      const api = await cluster.start('api', env);
      const { body } = await api.becomes({ condition: 'schema_older' });
      expect(body.conditions?.[0]?.detail).toContain('0050');
      await cluster.start('projector', { ...env, KAFKA_GROUP: 'older' });
      await api.becomes('ready');
    } finally {
      await older.stop();
    }
  });

  it('a configuration that cannot be used ends the process with every problem, by the name of its variable', async () => {
    const refused = await cluster
      .start('projector', { KAFKA_BROKERS: '', CLICKHOUSE_URL: 'no address', PORT: '99999' })
      .then(() => '', String);
    for (const name of ['KAFKA_BROKERS', 'CLICKHOUSE_URL', 'PORT']) expect(refused).toContain(`${name}: `);
  });

  it('no secret is printed, and a file may hold it', async () => {
    const ingest = await cluster.start('ingest', {
      CLICKHOUSE_URL: 'http://user:hunter2@127.0.0.1:9',
      CLICKHOUSE_PASSWORD: 'hunter2',
    });
    await ingest.becomes('ready');
    expect(ingest.output()).not.toContain('hunter2');
  });
});
