import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madeEvent } from '@tributary/capture';
import { migrate, openChdb, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import { Fault, systemClock } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { startProjector, tablesVersion } from '@tributary/projection';
import { embeddedSinkOf, projections } from '@tributary/projector';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RetriedWork } from './retried-work.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../../migrations/clickhouse');

const directory = mkdtempSync(join(tmpdir(), 'busy-exchange-'));
let engine: Engine;
let log: LocalLog;
beforeAll(async () => {
  engine = await openChdb({ directory: join(directory, 'tables'), threads: 16 });
  await migrate(engine, MIGRATIONS);
  log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
});
afterAll(async () => {
  await engine.close();
  await log.close();
  rmSync(directory, { recursive: true });
});

const ended = (id: string) =>
  madeEvent('urn:test', [id], {
    type: 'training.run.ended',
    data: { runId: id, attempt: 1, status: 'completed', lastStep: 1 },
  });

it('exchanges the tables of a rebuild when the engine is free again, and the projector goes on', async () => {
  const asked = { refusals: 0, isExchanging: false };
  /* The engine is full of questions from the moment when the exchange is planned. */
  const reader: SqlReader = {
    async all(query, params) {
      if (asked.isExchanging && query.name === 'tables' && asked.refusals < 3) {
        asked.refusals += 1;
        throw new Fault('engine_busy', 'not now', { retryable: true });
      }
      return engine.reader.all(query, params);
    },
  };
  let retries = 0;
  const work = new RetriedWork(() => void (retries += 1));
  const retried = work.log(log);
  const shadow = work.shadow(openShadow({ engine: { ...engine, reader }, migrations: MIGRATIONS }));
  const projector = await startProjector({
    log: {
      ...retried,
      cursors: {
        get: (name) => retried.cursors.get(name),
        async set(name, cursor) {
          await retried.cursors.set(name, cursor);
          asked.isExchanging ||= name.includes('exchange');
        },
      },
    },
    projections,
    version: await tablesVersion(engine.reader, projections),
    sink: work.sink(embeddedSinkOf(engine)),
    shadow,
    linger: (expire) => (expire(), () => undefined),
  });
  work.begin();
  await log.append([ended('a')], { atomic: true });
  await projector.reached(log.head());
  expect(await projector.rebuildInShadow()).toMatchObject({ exchanged: true });
  expect([asked.refusals, retries, projector.fault(), work.fault()]).toEqual([3, 3, undefined, undefined]);
  await log.append([ended('b')], { atomic: true });
  await projector.reached(log.head());
  await projector.stop();
});
