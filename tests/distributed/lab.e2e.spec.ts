import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';

const missing = clusterUnavailable();
const root = join(import.meta.dirname, '../..');
const cli = join(root, 'services/cli/bin/tributary.js');
const log = join(root, 'examples/lab/log.ndjson.gz');
const run = promisify(execFile);

const tributary = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout } = await run(process.execPath, [cli, ...args, '--json'], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout);
};

/** An answer without positions, which differ between logs. */
const withoutPositions = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    ['asOf', 'evidence', 'position', 'positions'].includes(key) ? undefined : value,
  );

/** Compares the answers of one process and of services for the same recorded experiment. */
describe.skipIf(missing || !existsSync(log))(
  `the shipped experiment on services${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let api: ProcessUnderTest;
    let alone: ServerUnderTest;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: 4 });
      alone = await startServer(join(cluster.directory, 'alone'));
      const projector = await cluster.start('projector');
      const attribution = await cluster.start('attribution');
      api = await cluster.start('api', { ATTRIBUTION_URL: attribution.url });
      for (const one of [projector, attribution, api]) await one.becomes('ready');
    });
    afterAll(async () => {
      await alone?.end('SIGKILL');
      await cluster?.stop();
    });

    it('is imported once, and gives the same answers as in one process', async () => {
      const [inOneProcess, onServices] = [
        ['--url', alone.url],
        ['--url', api.url],
      ];
      const imported = await tributary('import', log, ...onServices);
      expect(imported).toMatchObject({ appended: 2492 });
      expect(await tributary('import', log, ...onServices)).toMatchObject({ appended: 0 });
      await tributary('import', log, ...inOneProcess);
      for (const question of [
        ['attribute', '--experiment', 'lab', '--slice', 'code', '--displacement', 'proportional'],
        ['exposure', 'lab-full-s1', '--by', 'domain'],
        ['run', 'lab-full-s1'],
      ]) {
        const one = withoutPositions(await tributary(...question, ...inOneProcess));
        expect(withoutPositions(await tributary(...question, ...onServices))).toEqual(one);
      }
    });
  },
);
