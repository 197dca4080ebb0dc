import type { Block } from '@tributary/clickhouse';
import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { Lease, SqlReader } from '@tributary/kernel';
import { countedOnce, insertedRows, storedBlock, TABLES_CURSOR } from '@tributary/projection';
import type { BlockRange, InsertedRows, Sink, StoredBlock } from '@tributary/projection';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OutageTracker } from './outage-tracker.ts';
import { projections } from './projections.ts';
import { retryingSink } from './retrying-sink.ts';

/** For which an insert is repeated without a look at its table. */
const REPEAT_MILLIS = 30_000;
/** Blocks whose tokens the engine remembers, far fewer than by default. */
const WINDOW = 3;
const SOURCES = ['log_event', 'training_step'];
const ROLLUPS = ['training_step_per_64', 'training_step_per_4096'];
const EXTENT = 'training_step_extent';
/** Other targets of the views. */
const TARGETS = ['training_run_latest', EXTENT];
const VIEW = 'tributary.training_step_per_64_mv';
const EXTENT_VIEW = `tributary.${EXTENT}_mv`;
const STEPS = 3;
/** A position of another partition. */
let ofOthers = 2 ** 40;

let store: TestStore;
/** Milliseconds. */
let now: number;
let epoch = 0;

beforeAll(async () => {
  store = await openTestStore();
  for (const table of [...SOURCES, ...ROLLUPS, ...TARGETS])
    await store.engine.command(
      `ALTER TABLE tributary.${table} MODIFY SETTING non_replicated_deduplication_window = ${WINDOW}`,
    );
});
beforeEach(async () => {
  now = 0;
  epoch += 1;
  for (const table of [...SOURCES, ...ROLLUPS, ...TARGETS])
    await store.engine.command(`TRUNCATE TABLE tributary.${table}`);
});
afterEach(async () => {
  for (const view of [VIEW, EXTENT_VIEW]) await store.engine.command(`ATTACH TABLE IF NOT EXISTS ${view}`);
});
afterAll(() => store.remove());

const rowsOf = (table: string, position: number) => {
  const event = { id_key: position, source: 's', id: 'e', type: 't', stream: 's', hash: '', recorded_at: 1 };
  if (table === 'log_event') return [{ ...event, _position: position }];
  const run = { run_id: `run ${position}`, attempt: 1, tokens: 10, _position: position };
  return Array.from({ length: STEPS }, (_, step) => ({ ...run, step }));
};

type Insert = { readonly token: string; readonly block: Block; readonly range: BlockRange };

/** The block of a batch that has the event at a position. */
async function blockOf(table: string, position = 1): Promise<Insert> {
  const block = (await store.engine.encoder(`tributary.${table}`)).rows(rowsOf(table, position));
  const range = {
    table,
    after: position - 1,
    until: position,
    before: 0,
    rows: block.rows,
    total: block.rows,
  };
  return { token: `${table}:${epoch}@v:${range.after}-${position}#0`, block, range };
}

/** A member that was cut off from the engine: its first insert is executed or not, and has no answer for a while. */
async function cutOff(executed: boolean, meanwhile: { millis: number; blocksOfOthers: number }) {
  let attempts = 0;
  const insert: Sink<Block>['insert'] = async (batch) => {
    attempts += 1;
    batch.lease?.check();
    if (attempts > 1 || executed) await store.engine.insert(batch);
    if (attempts > 1) return;
    now += meanwhile.millis;
    for (let other = 0; other < meanwhile.blocksOfOthers; other += 1) {
      ofOthers += 1;
      for (const table of SOURCES) await store.engine.insert(await blockOf(table, ofOthers));
    }
    throw new Fault('engine_unreachable', 'no answer', { retryable: true });
  };
  return { insert, attempts: () => attempts };
}

type Stored = (range: BlockRange) => Promise<StoredBlock>;
const storedNow: Stored = (range) => storedBlock(store.engine.reader, range, projections);

const HELD: Lease = {
  lost: new AbortController().signal,
  check: () => undefined,
  confirm: () => Promise.resolve(),
};

const sinkThat = (insert: Sink<Block>['insert'], stored = storedNow, lease = HELD): Sink<Block> => {
  const outages = new OutageTracker({
    now: () => now,
    retried: () => undefined,
    changed: () => undefined,
    sleep: () => Promise.resolve(),
  });
  const inner: Sink<Block> = {
    openBlock: async (table) => (await store.engine.encoder(table)).builder(),
    insert,
    empty: () => Promise.reject(new Error('not emptied')),
  };
  return retryingSink(inner, outages, lease, {
    now: () => ({ monotonic: now, wall: now }),
    millis: REPEAT_MILLIS,
    stored,
  });
};

/** Repeats the planned batch as the next owner, or the same one that starts again. */
async function recover(blocks?: readonly Insert[], more: Partial<InsertedRows> = {}): Promise<void> {
  const [from, to] = [formatEventPosition(0), formatEventPosition(1)];
  const planned = { from, to, token: `${epoch}@v:0-1` };
  const cursors = {
    get: (name: string) => (name === TABLES_CURSOR ? { position: from, planned } : undefined),
  };
  const sink = countedOnce(
    sinkThat((batch) => store.engine.insert(batch)),
    cursors,
    { ...insertedRows(store.engine.reader, projections), ...more },
  );
  const repeated = blocks ?? [await blockOf('log_event'), await blockOf('training_step')];
  for (const block of repeated) await sink.insert(block);
}

const total = (sql: string) => ({
  name: 'total',
  sql,
  params: z.object({}),
  row: z.object({ total: z.coerce.number() }),
});

async function totals() {
  const own = `run_id = 'run 1' LIMIT 1`;
  const found: Record<string, number> = {};
  for (const [name, sql] of [
    ['log_event', `SELECT count() AS total FROM tributary.log_event WHERE _position = 1 LIMIT 1`],
    ['training_step', `SELECT count() AS total FROM tributary.training_step WHERE ${own}`],
    ...ROLLUPS.map((table) => [table, `SELECT sum(steps) AS total FROM tributary.${table} WHERE ${own}`]),
    [EXTENT, `SELECT sum(value_count) AS total FROM tributary.${EXTENT} WHERE name = 'tokens' AND ${own}`],
  ] as const)
    found[name] = (await store.engine.reader.all(total(sql), {}))[0]?.total ?? 0;
  return found;
}
const ONCE = {
  log_event: 1,
  training_step: STEPS,
  training_step_per_64: STEPS,
  training_step_per_4096: STEPS,
  [EXTENT]: STEPS,
};
const LATE = { millis: REPEAT_MILLIS + 1, blocksOfOthers: WINDOW };

describe('an insert that is repeated by the process that made it, after the engine has forgotten it', () => {
  it.each([
    ['was executed', true, 1],
    ['was not executed', false, 2],
  ])('counts once, in its table and its views, where it %s', async (_what, executed, attempts) => {
    for (const table of SOURCES) {
      const member = await cutOff(executed, LATE);
      await sinkThat(member.insert).insert(await blockOf(table));
      expect(member.attempts()).toBe(attempts);
    }
    expect(await totals()).toEqual(ONCE);
  });

  it('counts once where a view has not got it, and nothing says that the batch is complete', async () => {
    await store.engine.insert(await blockOf('log_event'));
    await store.engine.command(`DETACH TABLE ${VIEW}`);
    const member = await cutOff(true, LATE);
    const repeated = sinkThat(member.insert).insert(await blockOf('training_step'));
    await expect(repeated).rejects.toMatchObject({ code: 'insert_uncertain', retryable: true });
    await store.engine.command(`ATTACH TABLE ${VIEW}`);
    await expect(recover()).rejects.toMatchObject({ code: 'batch_expired' });
    expect(await totals()).toMatchObject({ training_step: STEPS, training_step_per_64: 0 });
  });
});

it('completes a view that has not got an insert, however long ago, where the engine remembers it', async () => {
  await store.engine.insert(await blockOf('log_event'));
  await store.engine.command(`DETACH TABLE ${VIEW}`);
  const member = await cutOff(true, { ...LATE, blocksOfOthers: 0 });
  const repeated = sinkThat(member.insert).insert(await blockOf('training_step'));
  await expect(repeated).rejects.toMatchObject({ code: 'insert_uncertain' });
  await store.engine.command(`ATTACH TABLE ${VIEW}`);
  await recover();
  expect(await totals()).toEqual(ONCE);
});

it('is repeated at once, without a look at the table, while the engine cannot have forgotten it', async () => {
  const member = await cutOff(true, { millis: REPEAT_MILLIS, blocksOfOthers: WINDOW - 1 });
  await sinkThat(member.insert).insert(await blockOf('training_step'));
  expect(member.attempts()).toBe(2);
  expect(await totals()).toMatchObject({ training_step: STEPS, training_step_per_64: STEPS });
});

it('repeats nothing once another process has the partition, also where no clock says so', async () => {
  const lost = new AbortController();
  let asked = 0;
  const lease = {
    lost: lost.signal,
    check: () => lost.signal.throwIfAborted(),
    confirm: async () => {
      asked += 1;
      /* The answer of the coordinator, after both clocks of the machine stood still. */
      lost.abort(new Fault('partition_lost', 'the group has a newer generation', { retryable: true }));
      lost.signal.throwIfAborted();
    },
  };
  const member = await cutOff(true, { millis: 0, blocksOfOthers: WINDOW });
  const repeated = sinkThat(member.insert, storedNow, lease).insert(await blockOf('training_step'));
  await expect(repeated).rejects.toMatchObject({ code: 'partition_lost' });
  expect([asked, member.attempts()]).toEqual([1, 1]);
  expect(await totals()).toMatchObject({ training_step: STEPS, training_step_per_64: STEPS });
});

it('ends the attempts within the engine where a look at the table is due', async () => {
  let checks = 0;
  const insert: Sink<Block>['insert'] = async (batch) => {
    checks += 1;
    batch.lease?.check();
    await store.engine.insert(batch);
    now += REPEAT_MILLIS + 1;
    batch.lease?.check();
  };
  await sinkThat(insert).insert(await blockOf('log_event'));
  expect(checks).toBe(1);
  expect(await totals()).toMatchObject({ log_event: 1 });
});

it('waits for its turn as long as it takes, because what was never sent cannot be forgotten', async () => {
  let looks = 0;
  const member: Sink<Block>['insert'] = async (batch) => {
    now += 10 * REPEAT_MILLIS;
    batch.lease?.check();
    await store.engine.insert(batch);
  };
  const sink = sinkThat(member, async (range) => {
    looks += 1;
    if (looks === 3) throw new Fault('looks_without_end', 'it was looked for again');
    return storedNow(range);
  });
  await sink.insert(await blockOf('training_step'));
  expect(looks).toBe(0);
  expect(await totals()).toMatchObject({ training_step: STEPS, training_step_per_64: STEPS });
});

it.each([
  ['was executed', true, 1],
  ['was not executed', false, 2],
])(
  'counts once where the look takes longer than the time without one, and it %s',
  async (_, executed, sent) => {
    const member = await cutOff(executed, LATE);
    let looks = 0;
    const sink = sinkThat(member.insert, async (range) => {
      looks += 1;
      const found = await storedNow(range);
      now += 2 * REPEAT_MILLIS;
      if (looks === 3) throw new Fault('looks_without_end', 'it was looked for again');
      return found;
    });
    await sink.insert(await blockOf('log_event'));
    expect([looks, member.attempts()]).toEqual([1, sent]);
    expect(await totals()).toMatchObject({ log_event: 1 });
  },
);

describe('a batch of which the engine forgets another table before the first one', () => {
  beforeAll(() => store.engine.command('SYSTEM STOP MERGES tributary.training_step'));
  afterAll(() => store.engine.command('SYSTEM START MERGES tributary.training_step'));

  /** One block of `log_event`, and the rows of the steps in two blocks. */
  async function batchOf(position = 1): Promise<Insert[]> {
    const encoder = await store.engine.encoder('tributary.training_step');
    const rows = rowsOf('training_step', position);
    const halves = [rows.slice(0, 1), rows.slice(1)].map((half) => encoder.rows(half));
    const steps = halves.map((block, index): Insert => {
      const own = { table: 'training_step', before: index, rows: block.rows, total: STEPS };
      const range = { ...own, after: position - 1, until: position };
      return { token: `training_step:${epoch}@v:${range.after}-${position}#${index}`, block, range };
    });
    return [await blockOf('log_event', position), ...steps];
  }
  const insertAll = async (blocks: readonly Insert[]): Promise<void> => {
    for (const block of blocks) await store.engine.insert(block);
  };
  async function othersInsert(batches: number): Promise<void> {
    for (let other = 0; other < batches; other += 1) await insertAll(await batchOf((ofOthers += 1)));
  }

  it.each([1, 2, 3])('is counted once when it is repeated, of which %i blocks were in', async (blocks) => {
    await insertAll((await batchOf()).slice(0, blocks));
    await othersInsert(WINDOW - 1);
    await recover(await batchOf());
    expect(await totals()).toEqual(ONCE);
  });

  it('is counted once where it has one block of the table, and those of others have two', async () => {
    const own = [await blockOf('log_event'), await blockOf('training_step')];
    await insertAll(own);
    await othersInsert(WINDOW - 1);
    await recover(own);
    expect(await totals()).toEqual(ONCE);
  });

  it.each([
    ['training_step_per_64', VIEW],
    [EXTENT, EXTENT_VIEW],
  ])(
    'ends in batch_expired where %s lacks its rows, however often it is repeated, and counts nothing twice',
    async (target, view) => {
      await store.engine.command(`DETACH TABLE ${view}`);
      await insertAll(await batchOf());
      await store.engine.command(`ATTACH TABLE ${view}`);
      await othersInsert(WINDOW - 1);
      for (let attempt = 0; attempt < 3; attempt += 1)
        await expect(recover(await batchOf())).rejects.toMatchObject({ code: 'batch_expired' });
      expect(await totals()).toMatchObject({ log_event: 1, training_step: STEPS, [target]: 0 });
    },
  );

  /** Rows that can be counted a number of times, and then take too long. */
  function countedUntil(counts: number): Pick<InsertedRows, 'stored'> {
    let left = counts;
    const { stored } = insertedRows(store.engine.reader, projections);
    return { stored: (range) => ((left -= 1) >= 0 ? stored(range) : Promise.resolve(undefined)) };
  }

  it('ends in batch_expired where rows are there twice, however often it is repeated', async () => {
    await insertAll(await batchOf());
    await store.engine.command('INSERT INTO tributary.training_step SELECT * FROM tributary.training_step');
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(recover(await batchOf())).rejects.toMatchObject({ code: 'batch_expired' });
    expect(await totals()).toMatchObject({ training_step: 2 * STEPS });
  });

  it.each([0, 1])(
    'is not counted twice where counting it takes too long, after %i counts',
    async (counts) => {
      await insertAll(await batchOf());
      await othersInsert(WINDOW - 1);
      await expect(recover(await batchOf(), countedUntil(counts))).rejects.toMatchObject({
        code: 'insert_uncertain',
        retryable: true,
        message: expect.stringContaining('set TRIBUTARY_QUERY_TIMEOUT_MS of the projector higher'),
      });
      await recover(await batchOf());
      expect(await totals()).toEqual(ONCE);
    },
  );

  it('ends in no rebuild where it takes too long to compare the views, and goes on when they can be', async () => {
    await insertAll(await batchOf());
    await othersInsert(WINDOW - 1);
    const slow: SqlReader = {
      all: (question, params) =>
        question.name === 'differing-step-extents'
          ? Promise.reject(new Fault('query_overdue', 'it takes too long', { retryable: true }))
          : store.engine.reader.all(question, params),
    };
    const uncompared = recover(await batchOf(), insertedRows(slow, projections));
    await expect(uncompared).rejects.toMatchObject({ code: 'insert_uncertain', retryable: true });
    await recover(await batchOf());
    expect(await totals()).toEqual(ONCE);
  });

  it('is repeated again where the rows cannot be counted after a view was completed', async () => {
    await store.engine.command(`DETACH TABLE ${VIEW}`);
    await insertAll(await batchOf());
    await store.engine.command(`ATTACH TABLE ${VIEW}`);
    await expect(recover(await batchOf(), countedUntil(1))).rejects.toMatchObject({
      code: 'insert_uncertain',
    });
    await recover(await batchOf());
    expect(await totals()).toEqual(ONCE);
  });

  it.each([VIEW, EXTENT_VIEW])(
    'completes %s, which lacks its rows, where the engine remembers them',
    async (view) => {
      await store.engine.command(`DETACH TABLE ${view}`);
      await insertAll(await batchOf());
      await store.engine.command(`ATTACH TABLE ${view}`);
      await recover(await batchOf());
      expect(await totals()).toEqual(ONCE);
    },
  );
});
