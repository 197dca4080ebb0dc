import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import { ask, send, started, logPositionWith } from './requests.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { runRebuild } from './rebuild-command.fixture.ts';

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

describe.skipIf(missing)(`services on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  let ingest: ProcessUnderTest;
  let api: ProcessUnderTest;

  beforeAll(async () => {
    cluster = await startCluster({ partitions: 4, isOperated: true });
    const projector = await cluster.start('projector');
    ingest = await cluster.start('ingest');
    const attribution = await cluster.start('attribution');
    api = await cluster.start('api', { ATTRIBUTION_URL: attribution.url });
    for (const one of [projector, ingest, attribution, api]) await one.becomes('ready');
  });
  afterAll(() => cluster?.stop());

  it('stores facts through one process and answers from another, as of the log position that includes them', async () => {
    const receipts = await send(
      ingest,
      Array.from({ length: 40 }, (_, n) => started(`run-${n}`)),
    );
    expect(receipts).toMatchObject({ stored: 40, duplicates: 0 });
    const asOf = await logPositionWith(api, 40);
    expect(asOf.split(',')).toHaveLength(4);
    const question =
      'query ($asOf: Position) { runs(first: 100, asOf: $asOf) { nodes { id } asOf { position } complete } }';
    const first = await ask<Runs>(api, question, { asOf });
    expect(first.runs.nodes.map(({ id }) => id).toSorted()).toHaveLength(40);
    expect(first.runs).toMatchObject({ complete: true, asOf: { position: asOf } });
    await send(ingest, [started('one-more')]);
    expect(await ask<Runs>(api, question, { asOf })).toEqual(first);
  });

  it('verifies the tables while projectors run and facts arrive', async () => {
    let arrived = 0;
    let over = false;
    const arriving = (async () => {
      for (; !over; arrived += 1, await pause(250)) await send(ingest, [started(`more-${arrived}`)]);
    })();
    const verified = await runRebuild(cluster.env, ['--verify']);
    over = true;
    await arriving;
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toMatch(/^log_event: \d+ rows, checksum \d+, equal$/m);
    expect(arrived).toBeGreaterThan(0);
  });

  /* After the tests above, whose facts belong to no experiment and do not change these answers. */
  describe.skipIf(!existsSync(log))('that hold the shipped experiment', () => {
    let alone: ServerUnderTest;
    beforeAll(async () => {
      alone = await startServer(join(cluster.directory, 'alone'));
    });
    afterAll(() => alone?.end('SIGKILL'));

    it('import it once, and give the same answers as one process', async () => {
      const [inOneProcess, onServices] = [
        ['--url', alone.url],
        ['--url', api.url],
      ];
      const imported = await tributary('import', log, ...onServices);
      expect(imported).toMatchObject({ appended: 2492 });
      expect(await tributary('import', log, ...onServices)).toMatchObject({ appended: 0 });
      await tributary('import', log, ...inOneProcess);
      const asked = ['--slice', 'code', '--capability', 'math_text', '--displacement', 'proportional'];
      for (const question of [
        ['attribute', '--experiment', 'lab', ...asked],
        ['exposure', 'lab-full-s1', '--by', 'domain'],
        ['run', 'lab-full-s1'],
      ]) {
        const one = withoutPositions(await tributary(...question, ...inOneProcess));
        expect(withoutPositions(await tributary(...question, ...onServices))).toEqual(one);
      }
      const keep = ['attribute', '--experiment', 'lab', ...asked, '--keep', ...onServices];
      const kept = await tributary(...keep);
      const [first] = Object.assign([{ answer: '' }], kept);
      expect(withoutPositions(await tributary(...keep))).toEqual(withoutPositions(kept));
      expect(await tributary('answer', first?.answer ?? '', '--rerun', ...onServices)).toMatchObject({
        state: 'current',
        rerun: { same: true },
      });
    });
  });
});

type Runs = {
  runs: { nodes: { id: string }[]; asOf: { position: string }; complete: boolean };
};
