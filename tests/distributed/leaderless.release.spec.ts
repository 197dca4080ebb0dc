import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { brokerUnavailable, startBroker, startClickHouse } from '@tributary/test-servers';
import type { Broker, ClickHouse } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcess } from './process-under-test.fixture.ts';
import type { ProcessUnderTest, Service } from './process-under-test.fixture.ts';
import { ask, send, started } from './requests.fixture.ts';

const missing = brokerUnavailable();
const PARTITIONS = 3;
const RUNS = '{ runs(first: 100) { nodes { id } totalCount complete reason } }';

type Runs = { readonly runs: { totalCount: number; complete: boolean; reason: string | null } };

/** Runs whose streams are in a partition. */
const runsIn = (partition: number): string[] =>
  Array.from({ length: 30 }, (_, n) => `run-${n}`).filter(
    (id) => partitionOf(Buffer.from(`run/${id}`), PARTITIONS) === partition,
  );

describe.skipIf(missing)(
  `services that start while a partition has no leader${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let broker: Broker;
    let clickhouse: ClickHouse;
    const running: ProcessUnderTest[] = [];
    const directory = mkdtempSync(join(tmpdir(), 'tributary-leaderless-'));

    beforeAll(async () => {
      [broker, clickhouse] = await Promise.all([startBroker({ brokers: 3 }), startClickHouse()]);
      const access = { brokers: broker.bootstrap, clientId: 'test' };
      const config = { 'retention.ms': '-1' };
      const events = await connectTopic({
        ...access,
        topic: 'events',
        create: { partitions: PARTITIONS, replicas: 1, config },
      });
      const dead = await connectTopic({
        ...access,
        topic: 'dead',
        create: { partitions: 1, replicas: 3, config },
      });
      await Promise.all([events.close(), dead.close()]);
    });
    afterAll(async () => {
      await Promise.all(running.map((one) => one.end('SIGKILL')));
      await broker?.stop();
      await clickhouse?.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const start = async (service: Service): Promise<ProcessUnderTest> => {
      const one = await startProcess(service, {
        KAFKA_BROKERS: broker.bootstrap.join(','),
        KAFKA_TOPIC: 'events',
        KAFKA_DEAD_LETTERS_TOPIC: 'dead',
        KAFKA_SESSION_TIMEOUT_MS: '6000',
        CLICKHOUSE_URL: clickhouse.url,
        TRIBUTARY_DATA: join(directory, `${service}-${running.length}`),
        TRIBUTARY_BLOBS: join(directory, 'blobs'),
      });
      running.push(one);
      return one;
    };

    it('take facts for the others, say that no answer is complete, and are complete once it has a leader', async () => {
      const first = await start('ingest');
      const projector = await start('projector');
      for (const one of [first, projector]) await one.becomes('ready');
      const before = [0, 1, 2].flatMap((partition) => runsIn(partition).slice(0, 2));
      await send(
        first,
        before.map((run) => started(run)),
      );
      await broker.kill(0);

      const ingest = await start('ingest');
      const { body } = await ingest.becomes({ condition: 'kafka_unavailable' }, 120);
      expect(body.conditions?.[0]?.detail).toContain('no leader');
      const [, number = ''] = /partition (\d) of/.exec(body.conditions?.[0]?.detail ?? '') ?? [];
      const led = (Number(number) + 1) % PARTITIONS;
      const meanwhile = runsIn(led).slice(2, 4);
      /* Facts for the partition without a leader come all the time, and hold up no fact for the others. */
      const waiting = runsIn(Number(number)).slice(2, 6);
      const unled = Promise.allSettled(waiting.map((run) => send(ingest, [started(run, run)])));
      expect(
        await send(
          ingest,
          meanwhile.map((run) => started(run, run)),
        ),
      ).toMatchObject({ stored: 2 });
      expect(await send(ingest, [started(meanwhile[0] ?? '', meanwhile[0])])).toMatchObject({
        stored: 0,
        duplicates: 1,
      });
      const api = await start('api');
      await api.becomes({ condition: 'kafka_unavailable' }, 120);
      const { runs } = await ask<Runs>(api, RUNS);
      expect(runs).toMatchObject({ complete: false, reason: expect.stringContaining('no leader') });

      await broker.restart(0);
      for (const one of [ingest, api, projector]) await one.becomes('ready', 120);
      await unled;
      for (const run of waiting)
        expect(await send(ingest, [started(run, run)])).toMatchObject({ receipts: [{}] });
      const facts = before.length + meanwhile.length + waiting.length;
      await expect
        .poll(async () => (await ask<Runs>(api, RUNS)).runs, { timeout: 60_000 })
        .toMatchObject({
          totalCount: facts,
          complete: true,
        });
    });
  },
);
