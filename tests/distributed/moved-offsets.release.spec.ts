import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, fact, logPositionWith, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const main = join(import.meta.dirname, '../../dist/projector.js');
const PARTITIONS = 2;
const STEPS = 20;

const REBUILT = /The new tables are the live ones/;
const DIFFERENT = /training_run: 10 rows.* 20 rows.* DIFFERENT[^]*The new tables are the live ones/;

const steps = (run: string) =>
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps: Array.from({ length: STEPS }, (_, step) => step + 1),
    columns: { loss: Array.from({ length: STEPS }, (_, step) => 5 / (step + 1)) },
  });

type Runs = { readonly totalCount: number; readonly complete: boolean; readonly reason: string | null };
const QUESTION = '{ runs(first: 1) { totalCount complete reason } }';

/** An operator sets the offsets of the group with a tool of Kafka, which drops the plans that Tributary keeps with them. */
describe.skipIf(missing)(`a group whose offsets were moved${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  let ingest: ProcessUnderTest;
  let api: ProcessUnderTest;
  let recorded: number;

  beforeEach(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
    recorded = 0;
    ingest = await cluster.start('ingest');
  });
  afterEach(() => cluster?.stop());

  /** Records more runs of twenty steps each. */
  const record = async (more: number): Promise<void> => {
    const runs = Array.from({ length: more }, (_, n) => `run-${recorded + n}`);
    await send(
      ingest,
      runs.flatMap((run) => [started(run), steps(run)]),
    );
    recorded += more;
  };

  const setOffsets = async (to: 'earliest' | 'latest'): Promise<void> => {
    const admin = new Kafka({ brokers: [...cluster.broker.bootstrap], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(cluster.topic);
    const partitions = ends.map(({ partition, low, high }) => ({
      partition,
      offset: to === 'earliest' ? low : high,
    }));
    await admin.setOffsets({ groupId: cluster.group, topic: cluster.topic, partitions });
    await admin.disconnect();
  };

  const count = async (sql: string): Promise<number> => {
    const response = await fetch(cluster.clickhouse.url, { method: 'POST', body: sql });
    return Number((await response.text()).trim());
  };
  const held = async () => ({
    events: await count('SELECT count() FROM tributary.log_event'),
    steps: await count('SELECT count() FROM tributary.training_step'),
    inRollup: await count('SELECT sum(steps) FROM tributary.training_step_per_64'),
  });
  const holding = (runs: number) => ({ events: 2 * runs, steps: STEPS * runs, inRollup: STEPS * runs });

  const command = async (...args: string[]) => {
    const child = spawn(process.execPath, [main, ...args], { env: cluster.env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    await once(child, 'close');
    return { code: child.exitCode, output };
  };
  const runs = async (): Promise<Runs> => (await ask<{ runs: Runs }>(api, QUESTION)).runs;

  const begin = async (): Promise<ProcessUnderTest> => {
    const projector = await cluster.start('projector');
    api = await cluster.start('api');
    for (const one of [projector, ingest, api]) await one.becomes('ready');
    return projector;
  };

  it.each(['earliest', 'latest'] as const)(
    'to the %s: the projector stops and says so, nothing is counted twice or left out in silence, and a rebuild mends it',
    async (to) => {
      const projector = await begin();
      await record(10);
      await logPositionWith(api, 20);
      await expect.poll(held, { timeout: 60_000 }).toEqual(holding(10));
      expect(await projector.end('SIGTERM')).toBe(0);
      await record(10);
      await setOffsets(to);

      const next = await cluster.start('projector', { TRIBUTARY_FAULT_GRACE_MS: '1000' });
      const { body } = await next.becomes({ condition: 'tables_ahead' });
      const details = body.conditions?.map(({ detail }) => detail).join();
      expect(details).toMatch(/its offsets were lost or moved, and going on would count events twice/);
      expect(details).toContain('run the projector with `rebuild`');
      await logPositionWith(api, 40);
      expect(await held()).toEqual(holding(10));
      expect(await runs()).toMatchObject({
        complete: false,
        reason: expect.stringMatching(
          /40 recorded events are not in the tables yet|has lost what it had committed of partition .* `rebuild`/,
        ),
      });
      await next.end('SIGTERM');

      /* Up to an offset that they never reached, the old tables lack facts, and the rebuild says so. */
      const { code, output } = await command('rebuild');
      expect(output).toMatch(to === 'earliest' ? REBUILT : DIFFERENT);
      expect(code).toBe(to === 'earliest' ? 0 : 1);
      const last = await cluster.start('projector');
      await last.becomes('ready');
      await expect.poll(held, { timeout: 60_000 }).toEqual(holding(20));
      await expect.poll(runs, { timeout: 60_000 }).toEqual({ totalCount: 20, complete: true, reason: null });
      expect(await command('verify')).toMatchObject({ code: 0 });
    },
  );

  it('to the latest before any projector ran: all that was recorded is projected nevertheless', async () => {
    await expect.poll(() => record(10).then(() => 'stored', String), { timeout: 60_000 }).toBe('stored');
    await setOffsets('latest');
    await begin();
    await expect.poll(held, { timeout: 60_000 }).toEqual(holding(10));
    await expect.poll(runs, { timeout: 60_000 }).toEqual({ totalCount: 10, complete: true, reason: null });
    expect(await command('verify')).toMatchObject({ code: 0 });
  });
});
