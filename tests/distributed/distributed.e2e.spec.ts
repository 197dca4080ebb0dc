import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import { ask, send, started, logPositionWith } from './requests.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { runRebuild } from './rebuild-command.fixture.ts';

const missing = clusterUnavailable();

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
});

type Runs = {
  runs: { nodes: { id: string }[]; asOf: { position: string }; complete: boolean };
};
