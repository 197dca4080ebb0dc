import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Projector } from '../projector.ts';
import { openRebuildStage, projection, STEPS, stepsOf } from './rebuild.fixture.ts';
import type { RebuildStage } from './rebuild.fixture.ts';

let house: RebuildStage;

beforeEach(async () => {
  house = await openRebuildStage();
});
afterEach(() => house.remove());

const caughtUp = async (batches: number): Promise<Projector> => {
  const live = await house.start();
  for (let batch = 0; batch < batches; batch += 1) {
    await house.fill(1);
    await live.reached(house.log.head());
  }
  return live;
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

it('fills equal tables beside the live ones and exchanges them, under an epoch of their own', async () => {
  const live = await caughtUp(4);
  const before = await house.sums();
  const rebuilt = await live.rebuildInShadow();
  expect(rebuilt).toMatchObject({ position: house.log.head(), equal: true, exchanged: true });
  expect(rebuilt.divergence).toBeUndefined();
  expect(rebuilt.tables[0]).toMatchObject({ table: 'training_step', rowsBefore: 800, rowsAfter: 800 });
  expect(await house.sums()).toEqual(before);
  expect(house.log.cursors.get('tables')?.planned?.token).toMatch(/^2@v1:/);
  expect(await house.shadowTables()).toEqual([]);
});

it('lets views feed the tables that bear their names after an exchange, whoever starts', async () => {
  await (await caughtUp(2)).rebuildInShadow();
  const next = await house.start();
  await house.fill(70);
  await next.reached(house.log.head());
  const sums = await house.sums();
  expect(sums[0]?.rows).toBe(72 * 2 * STEPS);
  await next.rebuild();
  await next.reached(house.log.head());
  expect(await house.sums()).toEqual(sums);
});

it('answers the same the whole time and misses nothing that is appended meanwhile', async () => {
  await house.log.append([stepsOf('early', 0)], { atomic: true });
  const live = await caughtUp(30);
  const until = Number(house.log.head());
  const ask = () => house.engine.reader.all(steps, { until });
  const expected = await ask();
  expect(expected).toMatchObject([{ count: '6100', per_64: '100', per_4096: '100' }]);
  let over = false;
  let answers = 0;
  const reading = (async () => {
    for (; !over; answers += 1) expect(await ask()).toEqual(expected);
  })();
  const appending = (async () => {
    for (; !over; await setTimeout(2)) await house.fill(1);
  })();
  const rebuilds = [await live.rebuildInShadow(), await live.rebuildInShadow()];
  over = true;
  await Promise.all([reading, appending]);
  expect(rebuilds).toMatchObject([
    { equal: true, exchanged: true },
    { equal: true, exchanged: true },
  ]);
  expect(answers).toBeGreaterThan(10);
  await live.reached(house.log.head());
  expect((await house.sums())[0]?.rows).toBe(Number(house.log.head()) * STEPS);
  expect(await live.rebuildInShadow({ verify: true })).toMatchObject({ equal: true, exchanged: false });
});

it('only compares when it is to verify', async () => {
  const live = await caughtUp(2);
  await house.engine.command('TRUNCATE TABLE tributary.training_step');
  const rebuilt = await live.rebuildInShadow({ verify: true });
  expect(rebuilt).toMatchObject({ equal: false, exchanged: false });
  expect((await house.sums())[0]?.rows).toBe(0);
  expect(await house.shadowTables()).toEqual([]);
  expect(house.log.cursors.get('tables')?.planned?.token).toMatch(/^1@v1:/);
});

it('counts facts that make no rows anew', async () => {
  await house.log.append([stepsOf('misfit', 0)], { atomic: true });
  const live = await caughtUp(1);
  expect(live.unprojected()).toMatchObject({ count: 1 });
  await live.rebuildInShadow();
  expect(live.unprojected()).toEqual({ count: 1, first: '1', last: '1' });
  const mended = await house.start({
    projections: [
      {
        ...projection,
        project: (fact, stamp) => (stamp._position === 1 ? {} : projection.project(fact, stamp)),
      },
    ],
  });
  await mended.rebuildInShadow();
  expect(mended.unprojected()).toBeUndefined();
});

it('rebuilds from an empty log', async () => {
  const live = await house.start();
  expect(await live.rebuildInShadow()).toMatchObject({ position: '0', equal: true, exchanged: true });
});

it('takes one rebuild at a time, and ends it when the projector stops', async () => {
  const live = await caughtUp(2);
  const first = live.rebuildInShadow();
  await expect(live.rebuild()).rejects.toMatchObject({ code: 'rebuild_under_way' });
  await expect(live.rebuildInShadow()).rejects.toMatchObject({ code: 'rebuild_under_way' });
  const reason = first.catch((fault: unknown) => fault);
  await live.stop();
  expect(await reason).toMatchObject({ code: 'stopping' });
  const next = await house.start();
  await next.reached(house.log.head());
  expect(await house.shadowTables()).toEqual([]);
  expect((await house.sums())[0]?.rows).toBe(400);
});

it('leaves the live tables and follows on when the filling fails', async () => {
  const engine = {
    ...house.engine,
    insert: (batch: Parameters<typeof house.engine.insert>[0]) =>
      'block' in batch && batch.block.table.startsWith('tributary.next_')
        ? Promise.reject(new Error('no room'))
        : house.engine.insert(batch),
  };
  await house.fill(2);
  const live = await house.start({}, { engine });
  await live.reached(house.log.head());
  await expect(live.rebuildInShadow()).rejects.toThrow('no room');
  await house.fill(1);
  await live.reached(house.log.head());
  expect((await house.sums())[0]?.rows).toBe(600);
  expect(await house.shadowTables()).toEqual([]);
});
