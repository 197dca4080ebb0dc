import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import type { Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import { checkpointsOf, isExchanging } from '@tributary/projector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, fact, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const main = join(import.meta.dirname, '../../dist/projector.js');

const steps = (run: string, count: number) =>
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps: Array.from({ length: count }, (_, step) => step + 1),
    columns: { loss: Array.from({ length: count }, (_, step) => 5 / (step + 1)) },
  });

type Answer = { readonly runs: { readonly complete: boolean; readonly reason: string | null } };
/** Of a process that is still starting. */
const NOT_YET: Answer['runs'] = { complete: false, reason: null };
const QUESTION = '{ runs(first: 1) { complete reason } }';

describe.skipIf(missing)(
  `tables that projectors fill again, without an operator${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let engine: Engine;
    let topic: Topic;
    let ingest: ProcessUnderTest;
    let projectors: ProcessUnderTest[];

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 2 });
      engine = await connectServer({ url: cluster.clickhouse.url });
      topic = await connectTopic(topicAt(cluster));
      projectors = [await cluster.start('projector'), await cluster.start('projector')];
      ingest = await cluster.start('ingest');
      for (const one of [...projectors, ingest]) await one.becomes('ready');
    });
    afterAll(async () => {
      await topic?.close();
      await engine?.close();
      await cluster?.stop();
    });

    const isPlanned = async () => isExchanging(checkpointsOf(await topic.commits(cluster.group)));
    const rowsOf = async (table: string): Promise<number> => {
      const body = `SELECT count() FROM tributary.${table}`;
      return Number(await (await fetch(cluster.clickhouse.url, { method: 'POST', body })).text());
    };
    /** Kills rebuilds until one has planned the exchange and not finished it. */
    const untilInterrupted = async (before = (): Promise<unknown> => Promise.resolve()): Promise<void> => {
      for (let kills = 0; !(await isPlanned()); kills += 1) {
        expect(kills).toBeLessThan(5);
        await before();
        const rebuild = spawn(process.execPath, [main, 'rebuild'], { env: cluster.env, stdio: 'ignore' });
        const closed = once(rebuild, 'close');
        while (rebuild.exitCode === null && !(await isPlanned())) await pause(2);
        rebuild.kill('SIGKILL');
        await closed;
      }
    };
    const output = () => projectors.map((one) => one.output()).join('\n');

    it('where a rebuild was killed while it exchanged them: a running projector finishes it', async () => {
      await send(
        ingest,
        Array.from({ length: 10 }, (_, n) => [started(`run-${n}`), steps(`run-${n}`, 20)]).flat(),
      );
      await expect.poll(() => rowsOf('training_step'), { timeout: 20_000 }).toBe(200);
      await untilInterrupted();
      await expect.poll(isPlanned, { timeout: 60_000, interval: 500 }).toBe(false);
      await expect.poll(output, { timeout: 20_000 }).toContain('projector.refilled');
      await send(ingest, [started('run-after'), steps('run-after', 20)]);
      await expect.poll(() => rowsOf('training_step'), { timeout: 20_000 }).toBe(220);
    });

    it('where the folder of blobs is not the right one, or lacks the blob of a fact: no rows are lost, and all are filled again once it is back', async () => {
      const long = fact('training.run.started', {
        runId: 'run-long',
        attempt: 1,
        model: { name: 'm' },
        config: { note: 'x'.repeat(70_000) },
        seeds: {},
      });
      await send(ingest, [long, steps('run-long', 20), started('run-last')]);
      await expect
        .poll(async () => [await rowsOf('training_step'), await rowsOf('training_run')], { timeout: 30_000 })
        .toEqual([240, 13]);
      const blobs = join(cluster.directory, 'blobs');
      await rename(blobs, `${blobs}-away`);
      await engine.command('TRUNCATE TABLE tributary.training_step');
      const conditions = async () =>
        (await Promise.all(projectors.map((one) => one.ready())))
          .flatMap(({ body }) => body.conditions ?? [])
          .map(({ detail }) => detail)
          .join();
      await expect
        .poll(async () => `${await conditions()} ${await rowsOf('training_run')}`, {
          timeout: 120_000,
          interval: 500,
        })
        .toMatch(/is not the folder that this log has used.* 13$/);
      await rm(blobs, { recursive: true });
      await rename(`${blobs}-away`, blobs);
      await expect.poll(() => rowsOf('training_step'), { timeout: 240_000 }).toBe(240);
      expect(await rowsOf('training_run')).toBe(13);
    });

    it('where nobody finishes the exchange: no api calls an answer complete until somebody does', async () => {
      const before = await rowsOf('training_run');
      await send(ingest, [started('run-whole'), steps('run-whole', 20)]);
      await expect.poll(() => rowsOf('training_run'), { timeout: 20_000 }).toBe(before + 1);
      const positions = async () =>
        (await Promise.all([ingest, ...projectors].map((one) => one.ready()))).map(
          ({ body }) => body['position'],
        );
      await expect.poll(async () => new Set(await positions()).size, { timeout: 20_000 }).toBe(1);
      for (const one of projectors) expect(await one.end('SIGTERM')).toBe(0);
      const answer = async (api: ProcessUnderTest) => (await ask<Answer>(api, QUESTION)).runs;
      let running = ingest;
      await untilInterrupted(async () => {
        await engine.command('TRUNCATE TABLE tributary.training_run');
        running = await cluster.start('api');
        await running.becomes({ condition: 'tables_short' }, 120);
      });
      const later = await cluster.start('api');
      await expect
        .poll(() =>
          later.ready().then(
            () => true,
            () => false,
          ),
        )
        .toBe(true);
      const given: Answer['runs'][] = [];
      for (const end = performance.now() + 15_000; performance.now() < end; await pause(500))
        for (const api of [running, later]) given.push(await answer(api).catch(() => NOT_YET));
      expect(given.filter(({ complete }) => complete)).toEqual([]);
      expect(given.at(-2)?.reason).toContain('are being exchanged');
      expect(given.at(-1)?.reason).toContain('are being exchanged');
      expect((await running.ready()).body.conditions).toMatchObject([{ code: 'tables_short' }]);
      projectors = [await cluster.start('projector')];
      await expect.poll(isPlanned, { timeout: 60_000, interval: 500 }).toBe(false);
      await expect.poll(() => rowsOf('training_run'), { timeout: 60_000 }).toBe(before + 1);
      for (const api of [running, later])
        await expect.poll(() => answer(api), { timeout: 60_000 }).toEqual({ complete: true, reason: null });
    });
  },
);
