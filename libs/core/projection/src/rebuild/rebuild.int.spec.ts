import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Projection } from '@tributary/contracts';
import { openShadow } from '@tributary/clickhouse';
import { Fault } from '@tributary/kernel';
import { z } from 'zod';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Unprojected } from '../projection-failures.ts';
import type { Projector } from '../projector.ts';
import { openRebuildStage, projection, STEPS, stepsOf } from './rebuild.fixture.ts';
import type { RebuildStage } from './rebuild.fixture.ts';

let stage: RebuildStage;

beforeAll(async () => {
  stage = await openRebuildStage();
});
afterEach(() => stage.renew());
afterAll(() => stage.remove());

const caughtUp = async (batches: number): Promise<Projector> => {
  const live = await stage.start();
  for (let batch = 0; batch < batches; batch += 1) {
    await stage.fill(1);
    await live.reached(stage.log.head());
  }
  return live;
};

const parts = {
  name: 'parts',
  sql: "SELECT path FROM system.parts WHERE database = 'tributary' AND table = 'training_step' AND active",
  params: z.object({}),
  row: z.object({ path: z.string() }),
};

const steps = {
  name: 'steps',
  sql: `SELECT toString(count()) AS count, toString(groupBitXor(cityHash64(run_id, step, loss))) AS losses,
    (SELECT toString(sum(steps)) FROM tributary.training_step_per_64 WHERE run_id = 'run-early') AS per_64,
    (SELECT toString(sum(steps)) FROM tributary.training_step_per_4096 WHERE run_id = 'run-early') AS per_4096
    FROM tributary.training_step WHERE _position <= {until:UInt64}`,
  params: z.object({ until: z.number() }),
  row: z.record(z.string(), z.unknown()),
};

it('fills equal shadow tables under a new epoch and exchanges them', async () => {
  const live = await caughtUp(4);
  const before = await stage.sums();
  const rebuilt = await live.rebuildInShadow();
  expect(rebuilt).toMatchObject({ position: stage.log.head(), equal: true, exchanged: true });
  expect(rebuilt.divergence).toBeUndefined();
  expect(rebuilt.tables[0]).toMatchObject({ table: 'training_step', rowsBefore: 800, rowsAfter: 800 });
  expect(await stage.sums()).toEqual(before);
  expect(stage.log.cursors.get('tables')?.planned?.token).toMatch(/^2@v1:/);
  expect(await stage.shadowTables()).toEqual([]);
});

it('keeps views feeding the live tables after an exchange and a restart', async () => {
  await (await caughtUp(2)).rebuildInShadow();
  const next = await stage.start();
  await stage.fill(70);
  await next.reached(stage.log.head());
  const sums = await stage.sums();
  expect(sums[0]?.rows).toBe(72 * 2 * STEPS);
  await next.rebuild();
  await next.reached(stage.log.head());
  expect(await stage.sums()).toEqual(sums);
});

it('answers equally the whole time, and includes events that are appended meanwhile', async () => {
  await stage.log.append([stepsOf('early', 0)], { atomic: true });
  const live = await caughtUp(30);
  const until = Number(stage.log.head());
  const ask = () => stage.engine.reader.all(steps, { until });
  const expected = await ask();
  expect(expected).toMatchObject([{ count: '6100', per_64: '100', per_4096: '100' }]);
  let isOver = false;
  let answers = 0;
  const reading = (async () => {
    for (; !isOver; answers += 1) expect(await ask()).toEqual(expected);
  })();
  const appending = (async () => {
    for (; !isOver; await setTimeout(10)) await stage.fill(1);
  })();
  const rebuilds = [await live.rebuildInShadow(), await live.rebuildInShadow()];
  isOver = true;
  await Promise.all([reading, appending]);
  expect(rebuilds).toMatchObject([
    { equal: true, exchanged: true },
    { equal: true, exchanged: true },
  ]);
  expect(answers).toBeGreaterThan(10);
  await live.reached(stage.log.head());
  expect((await stage.sums())[0]?.rows).toBe(Number(stage.log.head()) * STEPS);
  expect(await live.rebuildInShadow({ verify: true })).toMatchObject({ equal: true, exchanged: false });
});

it('only compares with verify', async () => {
  const live = await caughtUp(2);
  await stage.engine.command('TRUNCATE TABLE tributary.training_step');
  const rebuilt = await live.rebuildInShadow({ verify: true });
  expect(rebuilt).toMatchObject({ equal: false, exchanged: false });
  expect((await stage.sums())[0]?.rows).toBe(0);
  expect(await stage.shadowTables()).toEqual([]);
  expect(stage.log.cursors.get('tables')?.planned?.token).toMatch(/^1@v1:/);
});

it('counts facts that make no rows again', async () => {
  await stage.log.append([stepsOf('failing', 0)], { atomic: true });
  const live = await caughtUp(1);
  expect(live.unprojected()).toMatchObject({ count: 1 });
  await live.rebuildInShadow();
  expect(live.unprojected()).toEqual({ count: 1, firsts: ['1'] });
  const repaired = await stage.start({
    projections: [
      {
        ...projection,
        project: (fact, stamp) => (stamp._position === 1 ? {} : projection.project(fact, stamp)),
      },
    ],
  });
  await repaired.rebuildInShadow();
  expect(repaired.unprojected()).toBeUndefined();
});

it('rebuilds from an empty log', async () => {
  const live = await stage.start();
  expect(await live.rebuildInShadow()).toMatchObject({ position: '0', equal: true, exchanged: true });
});

it('runs one rebuild at a time, and ends it when the projector stops', async () => {
  const live = await caughtUp(2);
  const first = live.rebuildInShadow();
  await expect(live.rebuild()).rejects.toMatchObject({ code: 'rebuild_under_way' });
  await expect(live.rebuildInShadow()).rejects.toMatchObject({ code: 'rebuild_under_way' });
  const reason = first.catch((fault: unknown) => fault);
  await live.stop();
  expect(await reason).toMatchObject({ code: 'stopping' });
  const next = await stage.start();
  await next.reached(stage.log.head());
  expect(await stage.shadowTables()).toEqual([]);
  expect((await stage.sums())[0]?.rows).toBe(400);
});

it('keeps the live tables and follows the log when the backfill fails', async () => {
  const engine = {
    ...stage.engine,
    insert: (batch: Parameters<typeof stage.engine.insert>[0]) =>
      'block' in batch && batch.block.table.startsWith('tributary.next_')
        ? Promise.reject(new Error('disk full'))
        : stage.engine.insert(batch),
  };
  await stage.fill(2);
  const live = await stage.start({}, { engine });
  await live.reached(stage.log.head());
  await expect(live.rebuildInShadow()).rejects.toThrow('disk full');
  await stage.fill(1);
  await live.reached(stage.log.head());
  expect((await stage.sums())[0]?.rows).toBe(600);
  expect(await stage.shadowTables()).toEqual([]);
});

it('keeps the live tables where a fact makes no rows any more that has some in them, unless that is accepted', async () => {
  await caughtUp(2);
  const before = await stage.sums();
  const project: Projection['project'] = (fact, stamp) => {
    if (JSON.stringify(fact.data).includes('run-2'))
      throw new Fault('blob_missing', 'blob 1f does not exist');
    return projection.project(fact, stamp);
  };
  const live = await stage.start({ projections: [{ ...projection, project }] });
  await expect(live.rebuildInShadow()).rejects.toMatchObject({
    code: 'rebuild_would_lose',
    message: expect.stringContaining(
      'lack 2 facts whose rows the live ones have, so these stay (position 2: blob 1f',
    ),
  });
  expect(await stage.sums()).toEqual(before);
  expect(await live.rebuildInShadow({ acceptMissing: true })).toMatchObject({ exchanged: true });
  expect((await stage.sums())[0]?.rows).toBe(2 * STEPS);
});

it.each([
  ['the new ones lack facts that the old ones have', true],
  ['the old ones lack facts that the new ones have', false],
])('says while tables are exchanged what either of them leaves out, where %s', async (_, isLossy) => {
  let fails = !isLossy;
  const project: Projection['project'] = (fact, stamp) => {
    if (fails && JSON.stringify(fact.data).includes('run-2')) throw new Fault('blob_missing', 'no blob');
    return projection.project(fact, stamp);
  };
  const said: (Unprojected | undefined)[] = [];
  const shadow = openShadow({ engine: stage.engine, migrations: stage.migrations });
  const live = await stage.start({
    projections: [{ ...projection, project }],
    shadow: {
      ...shadow,
      async exchange(marks) {
        said.push(live.unprojected());
        await shadow.exchange(marks);
        said.push(live.unprojected());
      },
    },
  });
  await stage.fill(2);
  await live.reached(stage.log.head());
  fails = isLossy;
  await live.rebuildInShadow({ acceptMissing: true });
  expect(said).toEqual([
    { count: 2, firsts: ['2'] },
    { count: 2, firsts: ['2'] },
  ]);
  expect(live.unprojected()).toEqual(isLossy ? { count: 2, firsts: ['2'] } : undefined);
});

it('rebuilds a table with a part that cannot be read', async () => {
  const live = await caughtUp(1);
  const before = await stage.sums();
  const [part] = await stage.engine.reader.all(parts, {});
  writeFileSync(join(part?.path ?? '', 'data.bin'), Buffer.alloc(4_096, 7));
  const rebuilt = await live.rebuildInShadow();
  expect(rebuilt).toMatchObject({ equal: false, exchanged: true });
  expect(rebuilt.tables[0]).toMatchObject({ checksumBefore: 'unreadable', rowsAfter: 2 * STEPS });
  expect(await stage.sums()).toEqual(before);
});
