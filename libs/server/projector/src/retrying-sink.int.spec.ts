import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { insertedRows } from '@tributary/projection';
import type { BlockRange, InsertedRows, Sink } from '@tributary/projection';
import type { Block } from '@tributary/clickhouse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projections } from './projections.ts';
import {
  EXTENT,
  EXTENT_VIEW,
  ONCE,
  openRepeatedBatch,
  REPEAT_MILLIS,
  rowsOf,
  SOURCES,
  STEPS,
  VIEW,
  WINDOW,
} from './repeated-batch.fixture.ts';
import type { Insert, RepeatedBatch } from './repeated-batch.fixture.ts';

const LATE = { millis: REPEAT_MILLIS + 1, blocksOfOthers: WINDOW };

let repeated: RepeatedBatch;

beforeAll(async () => {
  repeated = await openRepeatedBatch();
});
beforeEach(() => repeated.begin());
afterEach(async () => {
  for (const view of [VIEW, EXTENT_VIEW])
    await repeated.store.engine.command(`ATTACH TABLE IF NOT EXISTS ${view}`);
});
afterAll(() => repeated.store.remove());

describe('an insert that is repeated by the process that made it, after the engine has forgotten it', () => {
  it.each([
    ['was executed', true, 1],
    ['was not executed', false, 2],
  ])('counts once, in its table and its views, where it %s', async (_what, executed, attempts) => {
    for (const table of SOURCES) {
      const member = repeated.cutOff(executed, LATE);
      await repeated.sinkThat(member.insert).insert(await repeated.blockOf(table));
      expect(member.attempts()).toBe(attempts);
    }
    expect(await repeated.totals()).toEqual(ONCE);
  });

  it('counts once where a view has not got it, and nothing says that the batch is complete', async () => {
    await repeated.store.engine.insert(await repeated.blockOf('log_event'));
    await repeated.store.engine.command(`DETACH TABLE ${VIEW}`);
    const member = repeated.cutOff(true, LATE);
    const insert = repeated.sinkThat(member.insert).insert(await repeated.blockOf('training_step'));
    await expect(insert).rejects.toMatchObject({ code: 'insert_uncertain', retryable: true });
    await repeated.store.engine.command(`ATTACH TABLE ${VIEW}`);
    await expect(repeated.recover()).rejects.toMatchObject({ code: 'batch_expired' });
    expect(await repeated.totals()).toMatchObject({ training_step: STEPS, training_step_per_64: 0 });
  });
});

it('completes a view that has not got an insert, however long ago, where the engine remembers it', async () => {
  await repeated.store.engine.insert(await repeated.blockOf('log_event'));
  await repeated.store.engine.command(`DETACH TABLE ${VIEW}`);
  const member = repeated.cutOff(true, { ...LATE, blocksOfOthers: 0 });
  const insert = repeated.sinkThat(member.insert).insert(await repeated.blockOf('training_step'));
  await expect(insert).rejects.toMatchObject({ code: 'insert_uncertain' });
  await repeated.store.engine.command(`ATTACH TABLE ${VIEW}`);
  await repeated.recover();
  expect(await repeated.totals()).toEqual(ONCE);
});

it('is repeated at once, without a look at the table, while the engine cannot have forgotten it', async () => {
  const member = repeated.cutOff(true, { millis: REPEAT_MILLIS, blocksOfOthers: WINDOW - 1 });
  await repeated.sinkThat(member.insert).insert(await repeated.blockOf('training_step'));
  expect(member.attempts()).toBe(2);
  expect(await repeated.totals()).toMatchObject({ training_step: STEPS, training_step_per_64: STEPS });
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
  const member = repeated.cutOff(true, { millis: 0, blocksOfOthers: WINDOW });
  const insert = repeated.sinkThat(member.insert, { lease }).insert(await repeated.blockOf('training_step'));
  await expect(insert).rejects.toMatchObject({ code: 'partition_lost' });
  expect([asked, member.attempts()]).toEqual([1, 1]);
  expect(await repeated.totals()).toMatchObject({ training_step: STEPS, training_step_per_64: STEPS });
});

it('ends the attempts within the engine where a look at the table is due', async () => {
  let checks = 0;
  const insert: Sink<Block>['insert'] = async (batch) => {
    checks += 1;
    batch.lease?.check();
    await repeated.store.engine.insert(batch);
    repeated.now += REPEAT_MILLIS + 1;
    batch.lease?.check();
  };
  await repeated.sinkThat(insert).insert(await repeated.blockOf('log_event'));
  expect(checks).toBe(1);
  expect(await repeated.totals()).toMatchObject({ log_event: 1 });
});

it('waits for its turn as long as it takes, because what was never sent cannot be forgotten', async () => {
  let looks = 0;
  const member: Sink<Block>['insert'] = async (batch) => {
    repeated.now += 10 * REPEAT_MILLIS;
    batch.lease?.check();
    await repeated.store.engine.insert(batch);
  };
  const stored = (range: BlockRange) => {
    looks += 1;
    if (looks === 3) throw new Fault('looks_without_end', 'it was looked for again');
    return repeated.storedNow(range);
  };
  const sink = repeated.sinkThat(member, { stored });
  await sink.insert(await repeated.blockOf('training_step'));
  expect(looks).toBe(0);
  expect(await repeated.totals()).toMatchObject({ training_step: STEPS, training_step_per_64: STEPS });
});

it.each([
  ['was executed', true, 1],
  ['was not executed', false, 2],
])(
  'counts once where the look takes longer than the time without one, and it %s',
  async (_, executed, sent) => {
    const member = repeated.cutOff(executed, LATE);
    let looks = 0;
    const stored = async (range: BlockRange) => {
      looks += 1;
      const found = await repeated.storedNow(range);
      repeated.now += 2 * REPEAT_MILLIS;
      if (looks === 3) throw new Fault('looks_without_end', 'it was looked for again');
      return found;
    };
    const sink = repeated.sinkThat(member.insert, { stored });
    await sink.insert(await repeated.blockOf('log_event'));
    expect([looks, member.attempts()]).toEqual([1, sent]);
    expect(await repeated.totals()).toMatchObject({ log_event: 1 });
  },
);

describe('a batch of which the engine forgets another table before the first one', () => {
  beforeAll(() => repeated.store.engine.command('SYSTEM STOP MERGES tributary.training_step'));
  afterAll(() => repeated.store.engine.command('SYSTEM START MERGES tributary.training_step'));

  /** One block of `log_event`, and the rows of the steps in two blocks. */
  async function batchOf(position = 1): Promise<Insert[]> {
    const encoder = await repeated.store.engine.encoder('tributary.training_step');
    const rows = rowsOf('training_step', position);
    const halves = [rows.slice(0, 1), rows.slice(1)].map((half) => encoder.rows(half));
    const steps = halves.map((block, index): Insert => {
      const own = { table: 'training_step', before: index, rows: block.rows, total: STEPS };
      const range = { ...own, after: position - 1, until: position };
      return { token: repeated.tokenOf('training_step', position, index), block, range };
    });
    return [await repeated.blockOf('log_event', position), ...steps];
  }
  const insertAll = async (blocks: readonly Insert[]): Promise<void> => {
    for (const block of blocks) await repeated.store.engine.insert(block);
  };
  async function othersInsert(batches: number): Promise<void> {
    for (let other = 0; other < batches; other += 1) await insertAll(await batchOf((repeated.ofOthers += 1)));
  }

  it.each([1, 2, 3])('is counted once when it is repeated, of which %i blocks were in', async (blocks) => {
    await insertAll((await batchOf()).slice(0, blocks));
    await othersInsert(WINDOW - 1);
    await repeated.recover(await batchOf());
    expect(await repeated.totals()).toEqual(ONCE);
  });

  it('is counted once where it has one block of the table, and those of others have two', async () => {
    const own = [await repeated.blockOf('log_event'), await repeated.blockOf('training_step')];
    await insertAll(own);
    await othersInsert(WINDOW - 1);
    await repeated.recover(own);
    expect(await repeated.totals()).toEqual(ONCE);
  });

  it.each([
    ['training_step_per_64', VIEW],
    [EXTENT, EXTENT_VIEW],
  ])(
    'ends in batch_expired where %s lacks its rows, however often it is repeated, and counts nothing twice',
    async (target, view) => {
      await repeated.store.engine.command(`DETACH TABLE ${view}`);
      await insertAll(await batchOf());
      await repeated.store.engine.command(`ATTACH TABLE ${view}`);
      await othersInsert(WINDOW - 1);
      for (let attempt = 0; attempt < 3; attempt += 1)
        await expect(repeated.recover(await batchOf())).rejects.toMatchObject({ code: 'batch_expired' });
      expect(await repeated.totals()).toMatchObject({ log_event: 1, training_step: STEPS, [target]: 0 });
    },
  );

  /** Rows that can be counted a number of times, and then take too long. */
  function countedUntil(counts: number): Pick<InsertedRows, 'stored'> {
    let left = counts;
    const { stored } = insertedRows(repeated.store.engine.reader, projections);
    return { stored: (range) => ((left -= 1) >= 0 ? stored(range) : Promise.resolve(undefined)) };
  }

  it('ends in batch_expired where rows are there twice, however often it is repeated', async () => {
    await insertAll(await batchOf());
    await repeated.store.engine.command(
      'INSERT INTO tributary.training_step SELECT * FROM tributary.training_step',
    );
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(repeated.recover(await batchOf())).rejects.toMatchObject({ code: 'batch_expired' });
    expect(await repeated.totals()).toMatchObject({ training_step: 2 * STEPS });
  });

  it.each([0, 1])(
    'is not counted twice where counting it takes too long, after %i counts',
    async (counts) => {
      await insertAll(await batchOf());
      await othersInsert(WINDOW - 1);
      await expect(repeated.recover(await batchOf(), countedUntil(counts))).rejects.toMatchObject({
        code: 'insert_uncertain',
        retryable: true,
        message: expect.stringContaining('set TRIBUTARY_QUERY_TIMEOUT_MS of the projector higher'),
      });
      await repeated.recover(await batchOf());
      expect(await repeated.totals()).toEqual(ONCE);
    },
  );

  it('ends in no rebuild where it takes too long to compare the views, and goes on when they can be', async () => {
    await insertAll(await batchOf());
    await othersInsert(WINDOW - 1);
    const slow: SqlReader = {
      all: (question, params) =>
        question.name === 'differing-step-extents'
          ? Promise.reject(new Fault('query_overdue', 'it takes too long', { retryable: true }))
          : repeated.store.engine.reader.all(question, params),
    };
    const uncompared = repeated.recover(await batchOf(), insertedRows(slow, projections));
    await expect(uncompared).rejects.toMatchObject({ code: 'insert_uncertain', retryable: true });
    await repeated.recover(await batchOf());
    expect(await repeated.totals()).toEqual(ONCE);
  });

  it('is repeated again where the rows cannot be counted after a view was completed', async () => {
    await repeated.store.engine.command(`DETACH TABLE ${VIEW}`);
    await insertAll(await batchOf());
    await repeated.store.engine.command(`ATTACH TABLE ${VIEW}`);
    await expect(repeated.recover(await batchOf(), countedUntil(1))).rejects.toMatchObject({
      code: 'insert_uncertain',
    });
    await repeated.recover(await batchOf());
    expect(await repeated.totals()).toEqual(ONCE);
  });

  it.each([VIEW, EXTENT_VIEW])(
    'completes %s, which lacks its rows, where the engine remembers them',
    async (view) => {
      await repeated.store.engine.command(`DETACH TABLE ${view}`);
      await insertAll(await batchOf());
      await repeated.store.engine.command(`ATTACH TABLE ${view}`);
      await repeated.recover(await batchOf());
      expect(await repeated.totals()).toEqual(ONCE);
    },
  );
});
