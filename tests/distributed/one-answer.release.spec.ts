import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordFigures } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'services/cli/bin/tributary.js');
const log = join(root, 'examples/lab/log.ndjson.gz');
const run = promisify(execFile);

const missing = clusterUnavailable() ?? (existsSync(log) ? undefined : `there is no ${log}`);

const tributary = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout } = await run(process.execPath, [cli, ...args, '--json'], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout);
};

/** An answer without positions, which differ between logs. */
const withoutPositions = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    ['asOf', 'evidence', 'position', 'positions'].includes(key) ? undefined : value,
  );

const ASKED = ['--slice', 'code', '--capability', 'math_text', '--displacement', 'proportional'];
const QUESTIONS = [
  ['attribute', '--experiment', 'lab', ...ASKED],
  ['exposure', 'lab-full-s1', '--by', 'domain'],
  ['run', 'lab-full-s1'],
];

describe.skipIf(missing)(
  `services that hold the shipped experiment${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let api: ProcessUnderTest;
    let alone: ServerUnderTest;

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 4 });
      const projector = await cluster.start('projector');
      const ingest = await cluster.start('ingest');
      const attribution = await cluster.start('attribution');
      api = await cluster.start('api', { ATTRIBUTION_URL: attribution.url });
      for (const one of [projector, ingest, attribution, api]) await one.becomes('ready');
      alone = await startServer(join(cluster.directory, 'alone'));
    });
    afterAll(async () => {
      await alone?.end('SIGKILL');
      await cluster?.stop();
    });

    it('import it once', async () => {
      expect(await tributary('import', log, '--url', api.url)).toMatchObject({ appended: 2533 });
      expect(await tributary('import', log, '--url', api.url)).toMatchObject({ appended: 0 });
    });

    it('give the same answers as one process', async () => {
      await tributary('import', log, '--url', alone.url);
      for (const question of QUESTIONS) {
        const one = withoutPositions(await tributary(...question, '--url', alone.url));
        expect(withoutPositions(await tributary(...question, '--url', api.url))).toEqual(one);
      }
      recordFigures('answers of services and of one process', { 'equal answers': QUESTIONS.length });
    });

    it('keep an answer once, and compute it again to the same bytes', async () => {
      const keep = ['attribute', '--experiment', 'lab', ...ASKED, '--url', api.url];
      const kept = await tributary(...keep);
      const [first] = Object.assign([{ answer: '' }], kept);
      expect(withoutPositions(await tributary(...keep))).toEqual(withoutPositions(kept));
      expect(await tributary('answer', first?.answer ?? '', '--rerun', '--url', api.url)).toMatchObject({
        state: 'current',
        rerun: { same: true },
      });
    });
  },
);
