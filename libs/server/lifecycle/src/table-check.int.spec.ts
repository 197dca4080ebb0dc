import type { Row } from '@tributary/kernel';
import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTableCheck } from './table-check.ts';
import type { TableCheck } from './table-check.ts';

const TABLE = 'training_step';
const EVENTS = 2;

let store: TestStore;
let check: TableCheck;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  for (const position of [1, EVENTS]) await fill(position);
  await insert('log_range', 'positions', [counted('', EVENTS, 0), counted(TABLE, EVENTS, 1 + EVENTS)]);
  const tables = {
    counted: () => [{ after: 0, until: EVENTS }],
    restarts: () => 0,
    shortfall: () => undefined,
  };
  check = openTableCheck({ reader: store.engine.reader, tables, table: TABLE, recheck: 5 });
});
afterEach(async () => {
  await check.close();
  await store.renew();
});
afterAll(() => store.remove());

let inserts = 0;
const insert = (table: string, what: string, rows: Row[]): Promise<void> =>
  store.engine.insert({ table: `tributary.${table}`, token: `${what} ${(inserts += 1)}`, rows });
const fill = (position: number): Promise<void> =>
  insert(TABLE, 'step', [{ run_id: 'run', attempt: 1, step: position, tokens: 1, _position: position }]);
const counted = (table: string, rows: number, offsets: number) => ({
  log_id: 'topic',
  epoch: 1,
  table_name: table,
  position_range: 0,
  row_count: rows,
  offset_sum: offsets,
  last_position: EVENTS,
});

it.each<[string, string, RegExp]>([
  ['its rows were lost', `TRUNCATE TABLE tributary.${TABLE}`, /training_step has 0 of 2 rows/],
  ['the counts were lost', 'TRUNCATE TABLE tributary.log_range', /log_range counts 0 of 2 positions/],
])('a table is short from the moment on in which %s', async (_what, damage, detail) => {
  expect(await check.shortfall()).toBeUndefined();
  await store.engine.command(damage);
  expect(await check.shortfall()).toMatch(detail);
});

it('a table with as many rows as were counted is short where they are others', async () => {
  await store.engine.command(`TRUNCATE TABLE tributary.${TABLE}`);
  for (let copies = 0; copies < EVENTS; copies += 1) await fill(1);
  await expect.poll(() => check.shortfall()).toMatch(/training_step has 2 of 2 rows/);
});
