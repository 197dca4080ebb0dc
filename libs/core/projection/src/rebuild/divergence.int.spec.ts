import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openShadow } from '@tributary/clickhouse';
import type { Projector } from '../projector.ts';
import { firstDivergence } from './divergence.ts';
import { ALL_MIGRATIONS, openRebuildStage } from './rebuild.fixture.ts';
import type { RebuildStage } from './rebuild.fixture.ts';

let stage: RebuildStage;
let live: Projector;

beforeAll(async () => {
  stage = await openRebuildStage();
  await stage.fill(150);
  live = await stage.start();
  await live.reached(stage.log.head());
});
/** A rebuild mends what it finds. */
afterEach(async () => {
  const { equal } = await live.rebuildInShadow({ verify: true });
  if (!equal) throw new Error('the tables still differ from the log');
});
afterAll(() => stage.remove());

const alter = (change: string, table = 'training_step') =>
  stage.engine.command(`ALTER TABLE tributary.${table} ${change} SETTINGS mutations_sync = 2`);

const rowOf = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

it('names the first event of which a row was changed, and the row on both sides', async () => {
  await alter("UPDATE loss = 1 WHERE run_id = 'run-2' AND step IN (7777, 9999)");
  const { equal, divergence } = await live.rebuildInShadow();
  expect(equal).toBe(false);
  expect(divergence).toMatchObject({
    table: 'training_step',
    position: '156',
    type: 'training.steps.recorded',
  });
  expect(divergence?.before.map(rowOf)).toMatchObject([{ run_id: 'run-2', step: '7777', loss: 1 }]);
  expect(divergence?.after.map(rowOf)).toMatchObject([{ step: '7777', loss: expect.closeTo(5 / 7778, 6) }]);
});

it('names the first event of which rows were removed, with three of them', async () => {
  await alter("DELETE WHERE run_id = 'run-1' AND step >= 1200");
  const { divergence } = await live.rebuildInShadow();
  expect(divergence).toMatchObject({ table: 'training_step', position: '25', before: [] });
  expect(divergence?.after).toHaveLength(3);
});

it.each(['1', '2', '64', '65', '299', '300'])(
  'finds a row that was added to the event at %s',
  async (position) => {
    await stage.engine.command(
      `INSERT INTO tributary.training_step SELECT * FROM tributary.training_step
     WHERE _position = ${position} ORDER BY step LIMIT 1`,
    );
    const { divergence } = await live.rebuildInShadow();
    expect(divergence).toMatchObject({ table: 'training_step', position, after: [] });
    expect(divergence?.before).toHaveLength(1);
  },
);

it('finds rows of events that the log does not hold', async () => {
  await stage.engine.command(
    "INSERT INTO tributary.training_step (run_id, step, _position) VALUES ('run-x', 1, 9007199254740991)",
  );
  const { divergence } = await live.rebuildInShadow();
  expect(divergence).toMatchObject({ table: 'training_step', after: [] });
  expect(divergence?.type).toBeUndefined();
  expect(divergence?.before.map(rowOf)).toMatchObject([{ run_id: 'run-x' }]);
});

it('finds every row of a table that was emptied', async () => {
  await stage.engine.command('TRUNCATE TABLE tributary.training_step');
  const { divergence } = await live.rebuildInShadow();
  expect(divergence).toMatchObject({ table: 'training_step', position: '1', before: [] });
});

it('names the first key of a rollup whose merged rows differ where the steps do not', async () => {
  await alter(
    "UPDATE tokens = tokens + 1 WHERE run_id = 'run-1' AND bucket IN (40, 50)",
    'training_step_per_64',
  );
  const { divergence } = await live.rebuildInShadow();
  expect(divergence).toMatchObject({ table: 'training_step_per_64' });
  expect(divergence?.position).toBeUndefined();
  expect(rowOf(divergence?.key)).toEqual({ run_id: 'run-1', attempt: 1, bucket: '40' });
  expect(divergence?.after.map(rowOf)).toMatchObject([{ bucket: '40', tokens: '64' }]);
});

it('names a key that only one side of a rollup has, and shows merged states', async () => {
  await alter("DELETE WHERE run_id = 'run-1'", 'training_run_latest');
  const { divergence } = await live.rebuildInShadow();
  expect(divergence).toMatchObject({ table: 'training_run_latest', before: [] });
  expect(rowOf(divergence?.key)).toEqual({ run_id: 'run-1', attempt: 1 });
  expect(divergence?.after.map(rowOf)).toMatchObject([
    { last_step: '14999', loss: expect.closeTo(5 / 15_000, 9) },
  ]);
});

it('finds one edit after the other of many', async () => {
  for (let step = 13; step < 15_000; step += 2999) {
    await alter(`DELETE WHERE run_id = 'run-2' AND step = ${step}`);
    const { divergence } = await live.rebuildInShadow();
    expect(divergence?.position).toBe(String(2 * Math.floor(step / 100) + 2));
  }
});

it('looks into every table there is', async () => {
  const shadow = openShadow({ engine: stage.engine, migrations: ALL_MIGRATIONS });
  await shadow.make();
  const tables = (await stage.shadowTables()).map((name) => name.replace('next_', '')).filter(isOfFacts);
  const withoutPositions = new Set<string>();
  for (const table of tables)
    await stage.engine
      .command(`INSERT INTO tributary.${table} (_position) VALUES (1)`)
      .catch(() => withoutPositions.add(table));
  const found = await Promise.all(tables.map((table) => firstDivergence(shadow, table)));
  expect(found.map((divergence) => divergence?.table)).toEqual(tables);
  expect(found.filter((divergence) => divergence?.before.length === 0)).toEqual([]);
  const keyed = found.filter((divergence) => divergence?.position === undefined);
  expect(new Set(keyed.map((divergence) => divergence?.table))).toEqual(withoutPositions);
  expect([...withoutPositions]).toEqual(
    expect.arrayContaining(['training_step_per_64', 'training_metric_latest']),
  );
  expect(tables.length).toBeGreaterThan(40);
  await live.rebuildInShadow();
});

/** Counts of rows and migrations come from no fact. */
const isOfFacts = (name: string): boolean =>
  !name.endsWith('_mv') && !['schema_migration', 'log_range'].includes(name);
