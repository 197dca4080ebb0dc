import type { Block } from '@tributary/clickhouse';
import { Fault } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ONCE, openRepeatedBatch, SOURCES, STEPS } from './repeated-batch.fixture.ts';
import type { RepeatedBatch } from './repeated-batch.fixture.ts';

/* ClickHouse notes the token of a block before its rows are in place, so that one that is killed in an insert may know
 * the token of a block that it does not have. A row that is deleted leaves its token, too. */
let repeated: RepeatedBatch;

beforeAll(async () => {
  repeated = await openRepeatedBatch();
});
beforeEach(() => repeated.begin());
afterAll(() => repeated.store.remove());

const lose = (table: string): Promise<void> =>
  repeated.store.engine.command(
    `ALTER TABLE tributary.${table} DELETE WHERE ${table === 'log_range' ? 'last_position' : '_position'} = 1 SETTINGS mutations_sync = 2`,
  );

/** An insert that has no answer, because the engine is killed in it. */
const killedIn = (table: string): Sink<Block>['insert'] => {
  let attempts = 0;
  return async (batch) => {
    batch.lease?.check();
    await repeated.store.engine.insert(batch);
    if ((attempts += 1) > 1) return;
    await lose(table);
    throw new Fault('engine_unreachable', 'no answer', { retryable: true });
  };
};

describe('a confirmed insert whose rows the engine does not have', () => {
  it.each([...SOURCES, 'log_range'])(
    'is not believed by the process that repeats an insert into %s',
    async (table) => {
      const block = table === 'log_range' ? await repeated.counts() : await repeated.blockOf(table);
      const insert = repeated.sinkThat(killedIn(table)).insert(block);
      await expect(insert).rejects.toMatchObject({ code: 'insert_incomplete', retryable: true });
    },
  );

  it('is not believed either where the client of the engine repeats the insert', async () => {
    const killed = killedIn('training_step');
    const member: Sink<Block>['insert'] = async (batch) => {
      await killed(batch).catch(() => undefined);
      await killed(batch);
    };
    const insert = repeated.sinkThat(member).insert(await repeated.blockOf('training_step'));
    await expect(insert).rejects.toMatchObject({ code: 'insert_incomplete' });
  });

  it('is not believed either where the client of the engine does not say how often it sends', async () => {
    const killed = killedIn('training_step');
    const sink = repeated.sinkThat(({ token, block }) => killed({ token, block }));
    const insert = sink.insert(await repeated.blockOf('training_step'));
    await expect(insert).rejects.toMatchObject({ code: 'insert_incomplete' });
  });

  it('is believed where its rows cannot be counted in time: the comparison that follows finds it', async () => {
    const { insert } = repeated.cutOff(true, { millis: 0, blocksOfOthers: 0 });
    const sink = repeated.sinkThat(insert, { counted: () => Promise.resolve(undefined) });
    await sink.insert(await repeated.blockOf('training_step'));
    expect(await repeated.totals()).toMatchObject({ training_step: STEPS });
  });

  it('is believed where tables have replicas, of which one may lag', async () => {
    const blocks = await repeated.all();
    for (const block of blocks) await repeated.store.engine.insert(block);
    await lose('training_step');
    await repeated.recover(blocks, { isReplicated: true });
    expect(await repeated.totals()).toMatchObject({ ...ONCE, training_step: 0 });
  });

  it.each([...SOURCES, 'log_range'])(
    'leaves a batch without rows of %s, however often it is repeated',
    async (table) => {
      const blocks = await repeated.all();
      for (const block of blocks) await repeated.store.engine.insert(block);
      await lose(table);
      for (let attempt = 0; attempt < 3; attempt += 1)
        await expect(repeated.recover(blocks)).rejects.toMatchObject({
          code: 'insert_incomplete',
          message: expect.stringContaining(`tributary.${table} `),
        });
      expect({ ...(await repeated.totals()), log_range: await repeated.counted() }).toMatchObject({
        ...ONCE,
        [table]: 0,
      });
    },
  );

  it('is inserted again once the engine has forgotten its token', async () => {
    await repeated.store.engine.insert(await repeated.blockOf('log_event'));
    await lose('log_event');
    await expect(repeated.recover()).rejects.toMatchObject({ code: 'insert_incomplete' });
    const others = repeated.cutOff(false, { millis: 0, blocksOfOthers: 3 });
    await others.insert(await repeated.blockOf('log_event')).catch(() => undefined);
    await repeated.recover();
    expect(await repeated.totals()).toEqual(ONCE);
    expect(await repeated.counted()).toBe(1);
  });
});

it('inserts the counts of a repeated batch once, also where the engine has forgotten their token', async () => {
  for (const block of await repeated.all()) await repeated.store.engine.insert(block);
  for (const position of [2 ** 17, 2 ** 18, 2 ** 19])
    await repeated.store.engine.insert(await repeated.counts(position));
  await repeated.recover();
  expect(await repeated.totals()).toEqual(ONCE);
  expect(await repeated.counted()).toBe(1);
});
