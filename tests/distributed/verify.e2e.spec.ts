import { execFile } from 'node:child_process';
import { readdirSync, renameSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { connectTopic } from '@tributary/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import { ask, fact, logPositionWith, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const main = join(import.meta.dirname, '../../dist/projector.js');
const EVENTS = 12;
/** The data of a fact that are too long for the log. */
const LONG = {
  runId: 'run-long',
  attempt: 1,
  model: { name: 'm' },
  config: { note: 'x'.repeat(70_000) },
  seeds: {},
};

describe.skipIf(missing)(`verify on servers${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  let engine: Engine;
  const count = async (sql: string): Promise<string> => {
    const response = await fetch(cluster.clickhouse.url, { method: 'POST', body: sql });
    return (await response.text()).trim();
  };
  const verify = () =>
    new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
      const env = { ...process.env, ...cluster.env };
      execFile(process.execPath, [main, 'verify'], { env }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
      );
    });

  beforeAll(async () => {
    cluster = await startCluster({ partitions: 2 });
    engine = await connectServer({ url: cluster.clickhouse.url });
    const [projector, ingest, api] = [
      await cluster.start('projector', { TRIBUTARY_REFILL_TABLES: 'false' }),
      await cluster.start('ingest'),
      await cluster.start('api'),
    ];
    for (const one of [projector, ingest, api]) await one.becomes('ready');
    const runs = Array.from({ length: EVENTS - 1 }, (_, run) => started(`run-${run}`));
    await send(ingest, [...runs, fact('training.run.started', LONG)]);
    const topic = await connectTopic(topicAt(cluster));
    await topic.append([
      { partition: 1, key: Buffer.from('x'), value: Buffer.from('no event'), headers: [] },
    ]);
    await topic.close();
    await ask(api, 'query ($asOf: Position) { runs(asOf: $asOf) { totalCount } }', {
      asOf: await logPositionWith(api, EVENTS + 1),
    });
    await api.end('SIGTERM');
    await projector.end('SIGTERM');
  });
  afterAll(async () => {
    await engine?.close();
    await cluster?.stop();
  });

  it('reads topic, blobs and tables, and finds that all are as they were written', async () => {
    const { code, output } = await verify();
    expect(output).toContain(
      `log     ${EVENTS} events in ${EVENTS + 1} records (0 repeated, 1 no events) are those that the tables register`,
    );
    expect(output).toContain('blobs   1 blobs have their digests, none is missing');
    expect(output).toMatch(/^tables {2}the tables have the rows that were inserted/m);
    expect(code).toBe(0);
  });

  it.each<[string, string, RegExp]>([
    [
      'the tables lack an event',
      "ALTER TABLE tributary.log_event DELETE WHERE stream = 'run/run-3'",
      /the tables lack the event at \S+ \(training\.run\.started\)/,
    ],
    [
      'they have another content',
      "ALTER TABLE tributary.log_event UPDATE hash = repeat('0', 64) WHERE stream = 'run/run-3'",
      /hold an event with another content than the topic/,
    ],
    [
      'they have one that the topic lacks',
      `INSERT INTO tributary.log_event SELECT * REPLACE(concat(id, 'x') AS id, id_key + 1 AS id_key) FROM tributary.log_event WHERE stream = 'run/run-3'`,
      /hold 1 events of partition \d that the topic has not/,
    ],
  ])('names it where %s', async (_what, damage, named) => {
    await count('CREATE TABLE tributary.copied CLONE AS tributary.log_event');
    await count(`${damage} SETTINGS mutations_sync = 2`);
    const { code, output } = await verify();
    await count('EXCHANGE TABLES tributary.copied AND tributary.log_event');
    await count('DROP TABLE tributary.copied SYNC');
    expect(output).toMatch(named);
    expect(code).toBe(1);
  });

  it('names a blob that is damaged, and one that is missing', async () => {
    const folder = join(cluster.directory, 'blobs');
    const [inner = ''] = readdirSync(folder).filter((name) => name.length === 2);
    const [name = ''] = readdirSync(join(folder, inner));
    const path = join(folder, inner, name);
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([Buffer.from(' '), bytes.subarray(1)]));
    expect(await verify()).toMatchObject({
      code: 1,
      output: expect.stringContaining(`blob ${name} is not what was written`),
    });
    renameSync(path, `${path}.away`);
    const { code, output } = await verify();
    expect(output).toMatch(new RegExp(`blob ${name} of the event at \\S+ is missing`));
    expect(code).toBe(1);
  });
});
