import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import type { Row } from '@tributary/kernel';
import { startTcpProxy } from '@tributary/test-servers';
import type { TcpProxy } from '@tributary/test-servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, fact, logPositionWith, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const main = join(import.meta.dirname, '../../dist/projector.js');

const STEPS = 50;
const steps = (run: string) =>
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps: Array.from({ length: STEPS }, (_, step) => step + 1),
    columns: { loss: Array.from({ length: STEPS }, (_, step) => 5 / (step + 1)) },
  });

/** Inserts of steps that the engine is working on. */
const INSERTS =
  "SELECT count() FROM system.processes WHERE query ILIKE 'INSERT INTO%training_step%' AND query NOT ILIKE '%system.processes%'";

/** An event of another partition, whose positions are not those of the batch. */
const ELSEWHERE = {
  id_key: 1,
  source: 'urn:other',
  id: 'x',
  type: 't',
  stream: 's',
  hash: '',
  _position: 0,
  recorded_at: 1,
};

const conditionsOf = async (projector: ProcessUnderTest): Promise<string> =>
  ((await projector.ready()).body.conditions ?? []).map(({ code }) => code).join(', ');

const LATE = { timeout: 30_000, interval: 50 };
const ONCE = { rows: STEPS, inRollup: STEPS };

/** A projector stands still while the engine takes the block of its second table; meanwhile another process takes over. */
describe.skipIf(missing)(
  `a projector that is stopped in the middle of an insert${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let engine: Engine;
    let ingest: ProcessUnderTest;
    let stopped: ProcessUnderTest;
    /** Between the projector that is stopped, or cut off, and ClickHouse. */
    let proxy: TcpProxy;

    beforeEach(async () => {
      cluster = await startCluster({ partitions: 1 });
      engine = await connectServer({ url: cluster.clickhouse.url });
      proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: cluster.clickhouse.port } });
      stopped = await cluster.start('projector', {
        TRIBUTARY_FAULT_GRACE_MS: '500',
        CLICKHOUSE_URL: `http://127.0.0.1:${proxy.port}`,
      });
      ingest = await cluster.start('ingest');
      await Promise.all([stopped.becomes('ready'), ingest.becomes('ready')]);
      /* A view makes the insert last for seconds. */
      await engine.command(
        'CREATE MATERIALIZED VIEW tributary.slow ENGINE = Null AS SELECT sleepEachRow(0.05) AS slept FROM tributary.training_step',
      );
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
    const counts = async () => ({
      rows: await count("SELECT count() FROM tributary.training_step WHERE run_id = 'frozen'"),
      inRollup: await count("SELECT sum(steps) FROM tributary.training_step_per_64 WHERE run_id = 'frozen'"),
    });
    const rebuild = async (...flags: string[]) => {
      const child = spawn(process.execPath, [main, 'rebuild', ...flags], { env: cluster.env });
      await once(child, 'close');
      return child.exitCode;
    };
    const untilInserting = async (): Promise<void> => {
      await send(ingest, [started('frozen'), steps('frozen')]);
      await expect.poll(() => count(INSERTS), LATE).toBe(1);
    };
    const stopInInsert = async (): Promise<void> => {
      await untilInserting();
      process.kill(stopped.pid, 'SIGSTOP');
    };
    const ended = async (): Promise<void> => {
      await expect.poll(counts, LATE).toEqual(ONCE);
      await engine.command('DROP VIEW tributary.slow');
    };

    it('counts once when another one has repeated its batch, and when it goes on', async () => {
      await stopInInsert();
      await ended();
      const next = await cluster.start('projector');
      await next.becomes('ready');
      await expect.poll(async () => (await next.ready()).body['assignments'], LATE).toEqual([0]);
      process.kill(stopped.pid, 'SIGCONT');
      await stopped.becomes('ready');
      expect(await counts()).toEqual(ONCE);
      expect(await count('SELECT count() FROM tributary.log_event')).toBe(2);
      expect(await rebuild('--verify')).toBe(0);
    });

    /** Blocks of other partitions, as if other projectors had gone on meanwhile. */
    const forget = async (table: 'log_event' | 'training_step', row: Row): Promise<void> => {
      await engine.command(
        `ALTER TABLE tributary.${table} MODIFY SETTING non_replicated_deduplication_window = 2`,
      );
      for (const token of ['1', '2', '3'])
        await engine.insert({ table: `tributary.${table}`, token, rows: [row] });
    };

    it('counts once where it was cut off meanwhile, kept its partition, and the engine has forgotten the batch', async () => {
      await untilInserting();
      await proxy.refuse(true);
      proxy.reset();
      await ended();
      await forget('log_event', ELSEWHERE);
      await forget('training_step', { run_id: 'other', attempt: 1, step: 1, _position: 0 });
      await stopped.becomes({ condition: 'clickhouse_unavailable' });
      /* Longer than an insert is repeated without a look at its table. */
      await pause(32_000);
      await proxy.refuse(false);
      await stopped.becomes('ready');
      await send(ingest, [steps('next')]);
      const isIn = "SELECT count() FROM tributary.training_step WHERE run_id = 'next'";
      await expect.poll(() => count(isIn), LATE).toBe(STEPS);
      expect(await counts()).toEqual(ONCE);
      expect(await count('SELECT count() FROM tributary.log_event WHERE _position > 0')).toBe(3);
    });

    it('believes no engine that lost the block of an insert and knows its token, and fills the tables again', async () => {
      const api = await cluster.start('api', { TRIBUTARY_TABLES_TIMEOUT_MS: '500' });
      await api.becomes('ready');
      await untilInserting();
      await proxy.refuse(true);
      proxy.reset();
      await ended();
      /* What is left of an insert in which an engine is killed: its token, and no rows. */
      await engine.command(
        "ALTER TABLE tributary.training_step DELETE WHERE run_id = 'frozen' SETTINGS mutations_sync = 2",
      );
      await stopped.becomes({ condition: 'clickhouse_unavailable' });
      await proxy.refuse(false);
      await stopped.becomes({ condition: 'insert_incomplete' });
      const question = 'query ($asOf: Position) { runs(first: 1, asOf: $asOf) { complete } }';
      const asOf = await logPositionWith(api, 2);
      await expect(ask(api, question, { asOf })).rejects.toThrow('the tables');
      for (const one of [stopped, api]) await one.becomes('ready', 150);
      expect(await ask(api, question, { asOf })).toEqual({ runs: { complete: true } });
      expect(await counts()).toEqual(ONCE);
      expect(await count('SELECT count() FROM tributary.log_event')).toBe(2);
      expect(await rebuild('--verify')).toBe(0);
    });

    it('counts once where the engine has forgotten the batch meanwhile, and says so', async () => {
      await stopInInsert();
      await ended();
      await forget('log_event', ELSEWHERE);
      const next = await cluster.start('projector', { TRIBUTARY_FAULT_GRACE_MS: '500' });
      const { body } = await next.becomes({ condition: 'batch_expired' });
      expect(body.conditions?.[0]?.detail).toContain('run the projector with `rebuild`');
      expect(await counts()).toEqual(ONCE);
      process.kill(stopped.pid, 'SIGCONT');
      /* It goes on in the middle of its insert: whatever it sends it sends within seconds. */
      for (let look = 0; look < 20; look += 1) {
        await pause(500);
        expect(await counts()).toEqual(ONCE);
      }
      await expect.poll(() => conditionsOf(stopped), LATE).toMatch(/^(batch_expired)?$/);
      /* The repetition that showed it has a second row of each event there, until a rebuild. */
      expect(await count('SELECT uniqExact(_position) FROM tributary.log_event WHERE _position > 0')).toBe(2);
      expect([next.isAlive(), stopped.isAlive()]).toEqual([true, true]);
    });
  },
);
