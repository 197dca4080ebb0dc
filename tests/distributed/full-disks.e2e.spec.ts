import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { smallDisk } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, logPositionWith, send, started } from './requests.fixture.ts';
import type { Sent } from './requests.fixture.ts';

const missing = clusterUnavailable();
const disk = missing ? undefined : smallDisk(96);
afterAll(() => disk?.remove());
const skipped = missing ?? (disk ? undefined : 'mounting is not allowed');

const ROUNDS = 2;
const BATCH = 40;
/** Facts are taken to the last byte. */
const NO_WATERMARKS = { TRIBUTARY_DISK_REFUSE_BYTES: '0', TRIBUTARY_DISK_WARN_BYTES: '0' };

describe.skipIf(!disk)(
  `an ingest whose disk fills while the topic goes on${skipped === undefined ? '' : `, skipped: ${skipped}`}`,
  () => {
    let cluster: Cluster;
    let ingest: ProcessUnderTest;
    let api: ProcessUnderTest;
    const batches: Sent[][] = [];

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 2 });
      const data = { TRIBUTARY_DATA: join(disk?.directory ?? '', 'data') };
      ingest = await cluster.start('ingest', { ...NO_WATERMARKS, ...data });
      api = await cluster.start('api');
      const projector = await cluster.start('projector');
      for (const one of [projector, ingest, api]) await one.becomes('ready');
    });
    afterAll(() => cluster?.stop());

    const batch = (): Sent[] => {
      const made = Array.from({ length: BATCH }, (_, n) => started(`run-${batches.length}-${n}`));
      batches.push(made);
      return made;
    };

    /** Sends until it is acknowledged, as a client that tries again. Returns the first refusal, if there was one. */
    async function sendUntilTaken(events: Sent[], freed: () => void): Promise<string | undefined> {
      let refusal: string | undefined;
      for (;;) {
        try {
          await send(ingest, events);
          return refusal;
        } catch (error) {
          refusal ??= String(error);
          freed();
          await pause(200);
        }
      }
    }

    it('refuses or keeps what is sent, takes facts again when there is room, and none is lost or there twice', async () => {
      const refusals: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await send(ingest, batch());
        disk?.fill(0);
        const refusal = await sendUntilTaken(batch(), () => disk?.makeRoom());
        if (refusal !== undefined) refusals.push(refusal);
        disk?.makeRoom();
        await send(ingest, batch());
      }
      expect(refusals.length).toBeGreaterThan(0);
      for (const refusal of refusals) expect(refusal).toMatch(/^Error: 50[37]: /);
      expect(ingest.isAlive()).toBe(true);
      await ingest.becomes('ready');
      const facts = batches.flat().length;
      const asOf = await logPositionWith(api, facts);
      const { runs } = await ask<{ runs: { totalCount: number; complete: boolean } }>(
        api,
        'query ($asOf: Position) { runs(asOf: $asOf) { totalCount complete } }',
        { asOf },
      );
      expect(runs).toEqual({ totalCount: facts, complete: true });
      const { status } = await ask<{ status: { counts: object } }>(
        api,
        '{ status { counts { type count } } }',
      );
      expect(status.counts).toEqual([{ type: 'training.run.started', count: facts }]);
    });
  },
);
