import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterIsHere, startCluster } from './cluster.suite.ts';
import type { Cluster } from './cluster.suite.ts';
import type { ProcessUnderTest } from './process-under-test.suite.ts';

const missing = clusterIsHere();
const root = join(import.meta.dirname, '../..');
const cli = join(root, 'services/cli/bin/tributary.js');
const log = join(root, 'examples/lab/log.ndjson.gz');
const run = promisify(execFile);

const tributary = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout } = await run(process.execPath, [cli, ...args, '--json'], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout);
};

/** An answer without what names places of its log. */
const withoutPlaces = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    ['asOf', 'evidence', 'position', 'positions'].includes(key) ? undefined : value,
  );

/** What one process answers and what services answer, of the same recorded experiment. */
describe.skipIf(missing || !existsSync(log))(
  `the shipped experiment on services${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let api: ProcessUnderTest;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: 4 });
      const projector = await cluster.start('projector');
      const attribution = await cluster.start('attribution');
      api = await cluster.start('api', { ATTRIBUTION_URL: attribution.url });
      for (const one of [projector, attribution, api]) await one.becomes('ready');
    });
    afterAll(() => cluster?.stop());

    it('is imported once, and gives the answers that one process gives', async () => {
      const alone = ['--data', join(cluster.directory, 'alone')];
      const there = ['--url', api.url];
      const imported = await tributary('import', log, ...there);
      expect(imported).toMatchObject({ appended: 2492 });
      expect(await tributary('import', log, ...there)).toMatchObject({ appended: 0 });
      await tributary('import', log, ...alone);
      for (const question of [
        ['attribute', '--experiment', 'lab', '--slice', 'code', '--displacement', 'proportional'],
        ['exposure', 'lab-full-s1', '--by', 'domain'],
        ['run', 'lab-full-s1'],
      ]) {
        const one = withoutPlaces(await tributary(...question, ...alone));
        expect(withoutPlaces(await tributary(...question, ...there))).toEqual(one);
      }
    });
  },
);
