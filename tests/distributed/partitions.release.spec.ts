import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest, Service } from './process-under-test.fixture.ts';
import { ask, fact, logPositionWith, send, started } from './requests.fixture.ts';
import type { Sent } from './requests.fixture.ts';

const missing = clusterUnavailable();
const run = promisify(execFile);
const dist = join(import.meta.dirname, '../../dist');
const SERVICES = ['projector', 'ingest', 'api'] as const satisfies readonly Service[];
const RUNS = '{ runs(first: 1000) { nodes { id } totalCount complete reason } }';

type Runs = {
  readonly runs: { nodes: { id: string }[]; totalCount: number; complete: boolean; reason: string | null };
};
type Ended = { readonly code: number; readonly out: string };

/** Runs that a producer with three partitions writes to another one than a producer with two. */
const movedRuns = Array.from({ length: 200 }, (_, n) => `moved-${n}`).filter(
  (id) => partitionOf(Buffer.from(`run/${id}`), 2) !== partitionOf(Buffer.from(`run/${id}`), 3),
);

describe.skipIf(missing)(
  `partitions are added to a topic with facts${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let api: ProcessUnderTest;
    let ingest: ProcessUnderTest;
    const acknowledged: Sent[] = [];
    /** Where the facts go in the end. */
    let moved: Record<string, string>;

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 2 });
      moved = { KAFKA_TOPIC: `${cluster.topic}-2`, KAFKA_GROUP: `${cluster.group}-2` };
      const projector = await cluster.start('projector');
      ingest = await cluster.start('ingest');
      api = await cluster.start('api');
      for (const one of [projector, ingest, api]) await one.becomes('ready');
    });
    afterAll(() => cluster?.stop());

    const record = async (...ids: readonly string[]): Promise<void> => {
      const events = ids.map((id) => started(id, `start of ${id}`));
      await send(ingest, events);
      acknowledged.push(...events);
    };
    /** Its data are in a blob. */
    const long = fact('training.run.started', {
      runId: 'long',
      attempt: 1,
      model: { name: 'm' },
      config: { note: 'x'.repeat(70_000) },
      seeds: {},
    });
    const command = async (service: Service | 'cli', args: readonly string[], env = {}): Promise<Ended> => {
      const options = { env: { ...process.env, ...cluster.env, ...env } };
      const ended = await run(process.execPath, [join(dist, `${service}.js`), ...args], options).then(
        ({ stdout }) => ({ code: 0, out: stdout }),
        ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
          code,
          out: stdout + stderr,
        }),
      );
      return ended;
    };

    /** While the folder of blobs is another one, and where that was accepted, the tables of the old topic stay. */
    const expectNothingLost = async (): Promise<void> => {
      const blobs = join(cluster.directory, 'blobs');
      await rename(blobs, `${blobs}-away`);
      const away = await command('projector', ['rebuild'], moved);
      expect(away).toMatchObject({ code: 1, out: expect.stringContaining('accept the loss by: ') });
      const [, accept = 'false'] = /accept the loss by: (mkdir .*?)(?:"\}|\n|$)/.exec(away.out) ?? [];
      await run('sh', ['-c', accept], { env: { ...process.env, TRIBUTARY_BLOBS: blobs } });
      expect(await command('projector', ['rebuild'], moved)).toMatchObject({
        code: 1,
        out: expect.stringMatching(/would lack 1 facts[^]*blob [0-9a-f]{64} [^]*--accept-missing/),
      });
      await rm(blobs, { recursive: true });
      await rename(`${blobs}-away`, blobs);
    };

    it('running processes go on with the partitions that they know, and say that others are not read', async () => {
      await record(...Array.from({ length: 49 }, (_, n) => `before-${n}`));
      await send(ingest, [long]);
      acknowledged.push(long);
      const admin = new Kafka({ brokers: [...cluster.broker.bootstrap], logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      await admin.createPartitions({ topicPartitions: [{ topic: cluster.topic, count: 3 }] });
      await admin.disconnect();
      await record(...Array.from({ length: 50 }, (_, n) => `after-${n}`));
      for (;;) {
        const { runs } = await ask<Runs>(api, RUNS);
        if (runs.reason?.includes('partitions were added')) break;
        await pause(500);
      }
      expect((await ask<Runs>(api, RUNS)).runs).toMatchObject({ totalCount: 100, complete: false });
    });

    it('a restarted process refuses to work, and says what to do on /ready, in its log and to the command line', async () => {
      for (const service of SERVICES) {
        const late = await cluster.start(service);
        const { body } = await late.becomes({ condition: 'partitions_changed' });
        expect(body.conditions?.[0]?.detail).toContain(
          `node dist/ingest.js copy ${cluster.topic}-2 --partitions 3`,
        );
        expect((await fetch(`${late.url}/health`)).status).toBe(200);
        expect(late.output()).toContain('"event":"process.condition"');
        const status = await command('cli', ['status', '--url', late.url]);
        expect(status.out).toContain('partitions_changed');
        await late.end('SIGTERM');
      }
    });

    it('the topic is copied while facts arrive, then to its end, and the tables are filled from the copy', async () => {
      /* A producer of its own writes by the new number; nobody reads this yet. */
      const foreign = started(movedRuns[0] ?? '', 'start of a moved run');
      await writeAsForeigner(cluster, foreign);
      const copy = ['copy', moved['KAFKA_TOPIC'] ?? '', '--partitions', '3'];
      const first = await command('ingest', copy);
      expect(first).toMatchObject({ code: 1, out: expect.stringContaining('run this again with --last') });
      await record(movedRuns[1] ?? '', 'meanwhile');
      await Promise.all([ingest.end('SIGTERM'), api.end('SIGTERM')]);
      const last = await command('ingest', [...copy, '--last']);
      expect(last).toMatchObject({ code: 0, out: expect.stringContaining('has every record of') });
      expect(last.out).toContain('3 records of');
      acknowledged.push(foreign);

      await expectNothingLost();
      expect(await command('projector', ['rebuild'], moved)).toMatchObject({
        code: 0,
        out: expect.stringContaining('The new tables are the live ones'),
      });
      expect(await command('projector', ['rebuild', '--verify'], moved)).toMatchObject({ code: 0 });
      for (const service of SERVICES) {
        const one = await cluster.start(service, moved);
        await one.becomes('ready');
        if (service === 'ingest') ingest = one;
        if (service === 'api') api = one;
      }
      const { runs } = await ask<Runs>(api, RUNS);
      expect(runs).toMatchObject({ totalCount: acknowledged.length, complete: true, reason: null });
    });

    it('retries of facts that were acknowledged before are duplicates, and a position of before is refused', async () => {
      expect(await send(ingest, acknowledged)).toMatchObject({ stored: 0, duplicates: acknowledged.length });
      await record('new');
      await logPositionWith(api, acknowledged.length);
      await expect(ask(api, '{ runs(asOf: "50,50") { totalCount } }')).rejects.toThrow(
        /not a position of this log/,
      );
    });

    it('a replica of the old topic is not taken for one of the new, and a rebuild from an incomplete copy is refused', async () => {
      const old = await cluster.start('ingest', {
        ...moved,
        TRIBUTARY_DATA: join(cluster.directory, 'ingest-1'),
      });
      const { body } = await old.becomes({ condition: 'wrong_cluster' });
      expect(body.conditions?.[0]?.detail).toContain('delete the directory');
      const empty = { KAFKA_TOPIC: `${cluster.topic}-3`, KAFKA_GROUP: `${cluster.group}-3` };
      const created = await connectTopic({
        ...topicAt(cluster, empty.KAFKA_TOPIC),
        create: { partitions: 3, replicas: 1 },
      });
      await created.close();
      expect(await command('projector', ['rebuild'], empty)).toMatchObject({
        code: 1,
        out: expect.stringMatching(/would lack \d+ facts[^]*--accept-missing/),
      });
      /* The projector of the other group would write its rows into the new tables. */
      let isOver = false;
      const rebuilding = command('projector', ['rebuild', '--accept-missing'], empty).finally(
        () => (isOver = true),
      );
      for (let n = 0; !isOver; n += 1, await pause(200)) await record(`late-${n}`);
      expect(await rebuilding).toMatchObject({
        code: 1,
        out: expect.stringContaining('still writes to the tables'),
      });
      const { runs } = await ask<Runs>(api, RUNS);
      expect(runs.totalCount).toBeGreaterThan(100);
    });
  },
);

/** Writes an event as a producer with Kafka's default partitioner does, which knows all partitions. */
async function writeAsForeigner(cluster: Cluster, event: Sent): Promise<void> {
  const topic = await connectTopic(topicAt(cluster));
  const { runId } = event['data'] as { runId: string };
  const key = Buffer.from(`run/${runId}`);
  const headers = [['content-type', Buffer.from('application/cloudevents+json')]] as const;
  const value = Buffer.from(JSON.stringify(event));
  await topic.append([{ partition: partitionOf(key, topic.partitions), key, value, headers: [...headers] }]);
  await topic.close();
}
