import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { recordFigures } from '@tributary/fixtures';
import { startTcpProxy } from '@tributary/test-servers';
import type { TcpProxy } from '@tributary/test-servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { fact, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const main = join(import.meta.dirname, '../../dist/projector.js');

const PARTITIONS = 4;
const STEPS = 50;
const RUNS = Array.from({ length: 16 }, (_, index) => `run-${index}`);
const steps = (run: string) =>
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps: Array.from({ length: STEPS }, (_, step) => step + 1),
    columns: { loss: Array.from({ length: STEPS }, (_, step) => 5 / (step + 1)) },
  });

const LATE = { timeout: 30_000, interval: 50 };
const ROWS = 'SELECT count() FROM tributary.training_step';
const INSERTS =
  "SELECT count() FROM system.processes WHERE query ILIKE 'INSERT INTO%training_step%' AND query NOT ILIKE '%system.processes%'";

/** ClickHouse is killed while each partition of two projectors inserts, and knows the tokens of blocks that it does not have. */
describe.skipIf(missing)(
  `blocks of several projectors that are lost at once${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let engine: Engine;
    let proxy: TcpProxy;
    let ingest: ProcessUnderTest;
    let projectors: ProcessUnderTest[];

    beforeEach(async () => {
      cluster = await startCluster({ partitions: PARTITIONS });
      engine = await connectServer({ url: cluster.clickhouse.url });
      proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: cluster.clickhouse.port } });
      const through = { CLICKHOUSE_URL: `http://127.0.0.1:${proxy.port}` };
      ingest = await cluster.start('ingest');
      projectors = [await cluster.start('projector', through), await cluster.start('projector', through)];
      for (const one of [ingest, ...projectors]) await one.becomes('ready');
    });
    afterEach(async () => {
      await engine.close();
      await proxy.stop();
      await cluster.stop();
    });

    const count = async (sql: string): Promise<number> => {
      const response = await fetch(cluster.clickhouse.url, { method: 'POST', body: sql });
      return Number((await response.text()).trim());
    };

    const assignments = async () =>
      (await Promise.all(projectors.map((one) => one.ready()))).map(({ body }) => body['assignments']);

    it('are filled again by a process that notices, and the group goes on', async () => {
      const two = [expect.any(Number), expect.any(Number)];
      await expect.poll(assignments, LATE).toEqual([two, two]);
      await engine.command(
        'CREATE MATERIALIZED VIEW tributary.slow ENGINE = Null AS SELECT sleepEachRow(0.02) AS slept FROM tributary.training_step',
      );
      await send(
        ingest,
        RUNS.flatMap((run) => [started(run), steps(run)]),
      );
      await expect.poll(() => count(INSERTS), LATE).toBe(1);
      await pause(1_000);
      await proxy.refuse(true);
      proxy.reset();
      /* It executes what it has of the requests. */
      await expect.poll(() => count(ROWS), LATE).toBe(STEPS * RUNS.length);
      await expect.poll(() => count(INSERTS), LATE).toBe(0);
      await engine.command('DROP VIEW tributary.slow');
      await engine.command('ALTER TABLE tributary.training_step DELETE WHERE 1 SETTINGS mutations_sync = 2');
      await proxy.refuse(false);
      for (const one of projectors) await one.becomes('ready', 300);
      await expect.poll(() => count(ROWS), LATE).toBe(STEPS * RUNS.length);
      for (const one of projectors) await one.becomes('ready', 300);
      expect(await count('SELECT sum(steps) FROM tributary.training_step_per_64')).toBe(STEPS * RUNS.length);
      expect(await count('SELECT count() FROM tributary.log_event')).toBe(2 * RUNS.length);
      const child = spawn(process.execPath, [main, 'rebuild', '--verify'], { env: cluster.env });
      await once(child, 'close');
      expect(child.exitCode).toBe(0);
      const refills = projectors.map((one) => one.output().split('projector.refilled').length - 1);
      recordFigures('lost blocks', {
        'partitions that lose a block': PARTITIONS,
        refills: refills.reduce((sum, one) => sum + one, 0),
      });
    });
  },
);
