import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest, Service } from './process-under-test.fixture.ts';
import { send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const run = promisify(execFile);
const dist = join(import.meta.dirname, '../../dist');

describe.skipIf(missing)(
  `a topic is copied, and its projector is forgotten${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let forgotten: ProcessUnderTest;

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 2 });
      forgotten = await cluster.start('projector');
      await forgotten.becomes('ready');
    });
    afterAll(() => cluster?.stop());

    const command = (service: Service, ...args: readonly string[]) => {
      const moved = { KAFKA_TOPIC: `${cluster.topic}-2`, KAFKA_GROUP: `${cluster.group}-2` };
      const kept = service === 'ingest' ? {} : moved;
      return run(process.execPath, [join(dist, `${service}.js`), ...args], {
        env: { ...process.env, ...cluster.env, ...kept },
      });
    };
    const ask = async (body: string): Promise<string> =>
      (await fetch(cluster.clickhouse.url, { method: 'POST', body })).text();
    const rows = async (): Promise<number> => Number(await ask('SELECT count() FROM tributary.training_run'));
    /** Of the tables that answers are read from; an exchange gives them others. */
    const tables = (): Promise<string> =>
      ask(
        "SELECT name, uuid FROM system.tables WHERE database = 'tributary' AND name NOT LIKE 'next\\_%' ORDER BY name",
      );

    it('does not fill the tables of the new topic from the old one, and says who has to act', async () => {
      const ingest = await cluster.start('ingest');
      await ingest.becomes('ready');
      await send(
        ingest,
        Array.from({ length: 40 }, (_, n) => started(`run-${n}`)),
      );
      await expect.poll(rows, { timeout: 30_000 }).toBe(40);
      await ingest.end('SIGTERM');
      /* Another number of partitions has other positions; the old topic has as many as ever. */
      await command('ingest', 'copy', `${cluster.topic}-2`, '--partitions', '1', '--last');
      await command('projector', 'rebuild');
      const filled = await tables();
      const conditions = async () => (await forgotten.ready()).body.conditions?.map(({ detail }) => detail);
      await expect
        .poll(async () => String(await conditions()), { timeout: 180_000, interval: 1_000 })
        .toContain('another group fills them');
      expect([await tables(), await rows()]).toEqual([filled, 40]);
    });
  },
);
