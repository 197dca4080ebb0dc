import { memoryLog } from '@tributary/event-log';
import { openShadow } from '@tributary/clickhouse';
import type { EventLog } from '@tributary/event-log';
import { Fault, positionFromText } from '@tributary/kernel';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Projector } from '../projector.ts';
import { openRebuildStage, projection, STEPS, stepsOf } from '../rebuild/rebuild.fixture.ts';
import type { RebuildStage } from '../rebuild/rebuild.fixture.ts';
import { checkRows, surveyTables } from './check-tables.ts';
import type { TablesFinding } from './check-tables.ts';
import { ask, checksOf, damagePart, never, parts, projections } from './tables-watch.fixture.ts';
import { verifyTables } from './verify-tables.ts';

let stage: RebuildStage;
beforeAll(async () => {
  stage = await openRebuildStage();
});
afterEach(() => stage.renew());
afterAll(() => stage.remove());

const checks = (log: EventLog) => checksOf(stage.engine, log);

const start = (): Promise<Projector> =>
  stage.start({
    logId: 'log',
    projections,
    checks: checks(stage.log),
  });

async function filled(batches: number): Promise<Projector> {
  const projector = await start();
  for (let batch = 0; batch < batches; batch += 1) {
    await stage.fill(1);
    await projector.reached(stage.log.head());
  }
  return projector;
}

/** Merges would join the parts of batches. */
const stopMerges = () => stage.engine.command('SYSTEM STOP MERGES');

async function change(verb: 'DROP' | 'DETACH', table: RegExp, from: number): Promise<void> {
  const found = (await stage.engine.reader.all(parts, {})).filter(({ table_name }) => table.test(table_name));
  const isLater = ({ table_name }: { table_name: string }, index: number): boolean =>
    index - found.findIndex((one) => one.table_name === table_name) >= from;
  for (const { table_name, name } of found.filter(isLater))
    await stage.engine.command(`ALTER TABLE tributary.${table_name} ${verb} PART '${name}'`);
}

/** Starts on what is left, expects a finding, and that the tables become what they were by themselves. */
async function expectRefilled(before: unknown, code: TablesFinding['code'], text: string): Promise<void> {
  const projector = await start();
  expect(projector.findings()[0]).toMatchObject({ code, detail: expect.stringContaining(text) });
  expect(projector.shortfall()).toContain(text);
  await expect.poll(() => projector.shortfall()).toBeUndefined();
  expect(await stage.sums()).toEqual(before);
  expect(projector.findings()).toEqual([]);
}

describe('tables that hold less than was inserted', () => {
  beforeAll(stopMerges);

  it('are filled again where every row is gone', async () => {
    await (await filled(2)).stop();
    const before = await stage.sums();
    await change('DROP', /./, 0);
    await expectRefilled(before, 'positions_missing', '0 of the 4 positions before the cursor');
  });

  it('are filled again where an older copy was put in their place', async () => {
    await (await filled(3)).stop();
    const before = await stage.sums();
    await change('DROP', /./, 1);
    await expectRefilled(before, 'positions_missing', '2 of the 6 positions before the cursor');
  });

  it('are filled again where a part is set aside, which is reported too', async () => {
    await (await filled(2)).stop();
    const before = await stage.sums();
    await change('DETACH', /^training_step$/, 1);
    await expectRefilled(before, 'rows_differ', 'training_step has 200 rows, and 400 were inserted');
  });

  it('are filled again where only a rollup lost a part', async () => {
    await (await filled(2)).stop();
    const before = await stage.sums();
    await change('DROP', /per_64$/, 1);
    await expectRefilled(before, 'rollup_differs', 'training_step_per_64 is not what its source says');
  });

  it('are checked after an exchange as before it', async () => {
    const projector = await filled(2);
    await projector.rebuildInShadow();
    await projector.stop();
    expect((await start()).shortfall()).toBeUndefined();
  });
});

describe('the tables of a copy that went on by itself', () => {
  /** What there is to append: the same event may come to both copies, as a trainer repeats it. */
  const POOL = ['1', '2'].flatMap((run) => [0, STEPS, 2 * STEPS].map((first) => ({ run, first })));
  const REFUSALS = ['tables_of_another_log', 'log_behind_tables'];
  const aHistory = fc.shuffledSubarray(POOL, { minLength: 1 });
  const textOf = (events: readonly { readonly run: string; readonly first: number }[]) =>
    events.map(({ run, first }, index) => `${index + 1} run-${run} ${first}`).join();
  const rowsOfEvents = ask(
    "SELECT concat(toString(_position), ' ', run_id, ' ', toString(min(step))) AS row FROM tributary.training_step GROUP BY _position, run_id ORDER BY _position",
    z.object({ row: z.string() }),
  );
  const filledWith = async () =>
    (await stage.engine.reader.all(rowsOfEvents, {})).map(({ row }) => row).join();

  async function logOf(events: typeof POOL, count: number): Promise<EventLog> {
    const log = memoryLog();
    for (const { run, first } of events.slice(0, count))
      await log.append([stepsOf(run, first)], { atomic: true });
    return log;
  }

  async function startOn(log: EventLog): Promise<Projector> {
    const projector = await stage.start({ logId: 'log', projections, checks: checks(log) }, { log });
    await projector.reached(log.head());
    return projector;
  }

  /** The code of the refusal to start, or what the projector says at first. In the end the tables have these events. */
  async function outcomeOf(log: EventLog, wanted: string): Promise<string> {
    try {
      const projector = await startOn(log);
      const outcome = projector.shortfall() === undefined ? 'complete' : 'filled again';
      await expect.poll(() => projector.shortfall()).toBeUndefined();
      expect(await filledWith()).toBe(wanted);
      return outcome;
    } catch (fault) {
      if (fault instanceof Fault && REFUSALS.includes(fault.code)) return fault.code;
      throw fault;
    }
  }

  it('are refused or filled again, and the own ones never', async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(aHistory, aHistory, fc.nat(6), async (own, others, common) => {
        const shared = own.slice(0, common);
        const other = [...shared, ...others.filter((event) => !shared.includes(event))];
        await stage.renew();
        const log = await logOf(own, own.length);
        await (await startOn(log)).stop();
        expect((await startOn(log)).shortfall()).toBeUndefined();
        const twin = await logOf(other, other.length);
        const cursor = log.cursors.get('tables');
        const position = twin.head();
        if (!cursor?.planned) throw new Error('the tables have no cursor');
        await twin.cursors.set('tables', {
          ...cursor,
          position,
          planned: { ...cursor.planned, to: position },
        });
        const isSame = textOf(own) === textOf(other);
        const outcome = await outcomeOf(twin, textOf(other));
        expect({ outcome, isComplete: outcome === 'complete' }).toEqual({ outcome, isComplete: isSame });
        outcomes.add(outcome);
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('are named by their positions', async () => {
    const log = await logOf(POOL, 3);
    await (await startOn(log)).stop();
    const twin = await logOf([...POOL].reverse(), 3);
    const cursor = log.cursors.get('tables');
    if (cursor) await twin.cursors.set('tables', cursor);
    const difference = 'at positions 1 to 3 they were filled with other events than the log has';
    await expect(startOn(twin)).rejects.toMatchObject({
      code: 'tables_of_another_log',
      message: expect.stringContaining(difference),
    });
    const checked = { reader: stage.engine.reader, logId: 'log', projections };
    expect(await verifyTables({ ...checked, log: twin }, twin.cursors)).toMatchObject({
      divergence: difference,
    });
    expect(await verifyTables({ ...checked, log }, log.cursors)).toMatchObject({ divergence: null });
  });

  it('are not told apart where an earlier version filled them, but from then on', async () => {
    const log = await logOf(POOL, 3);
    await (await startOn(log)).stop();
    await stage.engine.command(
      'ALTER TABLE tributary.log_range UPDATE digested_positions = 0, digest_sum = 0 WHERE 1 SETTINGS mutations_sync = 1',
    );
    expect((await startOn(log)).shortfall()).toBeUndefined();
    const twin = await logOf([...POOL].reverse(), 3);
    const cursor = log.cursors.get('tables');
    if (cursor) await twin.cursors.set('tables', cursor);
    await expect(startOn(twin)).rejects.toMatchObject({ code: 'tables_of_another_log' });
    expect((await startOn(log)).shortfall()).toBeUndefined();
  });
});

it('fills tables again of which a question could not read a part', async () => {
  await (await filled(2)).stop();
  const before = await stage.sums();
  const questions = ['a part cannot be read (runs)'];
  const shortfalls: (string | undefined)[] = [];
  const projector: Projector = await stage.start({
    logId: 'log',
    projections,
    checks: {
      ...checks(stage.log),
      untilNext: (signal) => {
        const question = questions.shift();
        return question === undefined ? never(signal) : Promise.resolve(question);
      },
    },
  });
  await vi.waitUntil(
    () => {
      shortfalls.push(projector.shortfall());
      return questions.length === 0 && shortfalls.length > 1 && shortfalls.at(-1) === undefined;
    },
    { timeout: 60_000 },
  );
  expect(shortfalls.join()).toContain('a part cannot be read (runs)');
  expect(await stage.sums()).toEqual(before);
});

describe('damaged parts', () => {
  const checkedTables = () => ({ reader: stage.engine.reader, logId: 'log', projections, log: stage.log });

  it.each(['training_step', 'training_step_per_64', 'log_range'])(
    'of %s are named by the verification, whichever column they hold',
    async (table) => {
      await (await filled(1)).stop();
      expect(await verifyTables(checkedTables(), stage.log.cursors)).toMatchObject({ divergence: null });
      await damagePart(stage.engine, table);
      expect(await verifyTables(checkedTables(), stage.log.cursors)).toMatchObject({
        divergence: expect.stringContaining(`${table} cannot be read`),
      });
    },
  );

  it('of the counts do not prevent the start: the tables are filled again, and the counts', async () => {
    await (await filled(2)).stop();
    const before = await stage.sums();
    await damagePart(stage.engine, 'log_range');
    await expectRefilled(before, 'table_unreadable', 'log_range cannot be read');
    expect((await start()).shortfall()).toBeUndefined();
  });

  it('of the counts are found by a check in the background too, which goes on', async () => {
    const waits = [() => damagePart(stage.engine, 'log_range'), () => damagePart(stage.engine, 'log_range')];
    let passes = 0;
    let now = 0;
    const projector = await stage.start({
      logId: 'log',
      projections,
      checks: {
        ...checks(stage.log),
        elapsed: () => now,
        untilNext: async (signal, within = 0) => {
          now += within;
          if (within > 0) return undefined;
          passes += 1;
          const wait = waits.shift();
          if (!wait) return never(signal);
          await stage.fill(1);
          await projector.reached(stage.log.head());
          await wait();
          return undefined;
        },
      },
    });
    await vi.waitUntil(() => passes === 3, { timeout: 60_000 });
    expect(projector.shortfall()).toBeUndefined();
    await projector.stop();
    expect(await verifyTables(checkedTables(), stage.log.cursors)).toMatchObject({ divergence: null });
  });

  it('keep their finding and the last failure until the tables are filled again', async () => {
    await (await filled(2)).stop();
    let now = 0;
    const waits: (number | undefined)[] = [];
    const shown: (string | undefined)[] = [];
    let projector: Projector | undefined;
    const shadow = {
      ...openShadow({ engine: stage.engine, migrations: '' }),
      make: () => Promise.reject(new Fault('blob_missing', 'blob 5 is missing')),
    };
    projector = await stage.start({
      logId: 'log',
      projections,
      shadow,
      checks: {
        ...checks(stage.log),
        elapsed: () => now,
        untilNext: (signal, within) => {
          waits.push(within);
          shown.push(projector?.shortfall());
          if (waits.length > 5) return never(signal);
          if (within !== undefined && waits.length > 2) now += within;
          return Promise.resolve(waits.length < 3 ? 'a part cannot be read (runs)' : undefined);
        },
      },
    });
    await vi.waitUntil(() => waits.length > 5, { timeout: 60_000 });
    expect(waits).toEqual([undefined, 1_000, 1_000, 2_000, 4_000, 8_000]);
    const failure =
      'rows are missing in the tables (a part cannot be read (runs)); they could not be filled again, and it is tried again: blob 5 is missing';
    expect(shown).toEqual([undefined, ...Array.from({ length: 5 }, () => failure)]);
  });
});

describe('tables of another log', () => {
  it('are not emptied: the projector does not start', async () => {
    await (await filled(1)).stop();
    const log = memoryLog();
    await expect(stage.start({ logId: 'other', checks: checks(log) }, { log })).rejects.toMatchObject({
      code: 'tables_of_another_log',
    });
  });

  it('that know more than the log are not emptied, because its newest events are lost', async () => {
    await (await filled(2)).stop();
    const log = memoryLog();
    await log.append([stepsOf('1', 0)], { atomic: true });
    const position = positionFromText('1');
    await log.cursors.set('tables', {
      position,
      planned: { from: positionFromText('0'), to: position, token: '1@v1:0-1' },
    });
    await expect(stage.start({ logId: 'log', checks: checks(log) }, { log })).rejects.toMatchObject({
      code: 'log_behind_tables',
      message: expect.stringContaining('the tables hold events up to 4'),
    });
  });
});

it('finds something exactly where a table has other rows than before, whichever parts are lost or doubled', async () => {
  await (await filled(3)).stop();
  /* The rollup of this file is that of 64 steps. */
  const checkedSums = async () => JSON.stringify((await stage.sums()).slice(0, 2));
  const before = await checkedSums();
  const checked = { reader: stage.engine.reader, logId: 'log', projections, log: stage.log };
  const state = {
    kind: 'complete' as const,
    position: stage.log.head(),
    generation: { epoch: 1, version: 'v1' },
    batch: { from: stage.log.head(), to: stage.log.head(), token: '' },
  };
  const anAct = fc.record({
    table: fc.constantFrom('training_step', 'training_step_per_64', 'log_range'),
    part: fc.nat(2),
    act: fc.constantFrom('DROP', 'DOUBLE'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { maxLength: 3 }), async (acts) => {
      const tables = [...projection.tables, 'log_range'];
      for (const table of tables)
        await stage.engine.command(`CREATE TABLE tributary.kept_${table} CLONE AS tributary.${table}`);
      for (const { table, part, act } of acts) {
        const own = (await stage.engine.reader.all(parts, {})).filter((row) => row.table_name === table);
        const name = own[part % own.length]?.name;
        if (name !== undefined && act === 'DROP')
          await stage.engine.command(`ALTER TABLE tributary.${table} DROP PART '${name}'`);
        if (name !== undefined && act === 'DOUBLE')
          await stage.engine.command(
            `INSERT INTO tributary.${table} SETTINGS deduplicate_insert='disable' SELECT * FROM tributary.kept_${table} WHERE _part = '${name}'`,
          );
      }
      const { findings } = await surveyTables(checked, state);
      const all = [...findings, ...(await checkRows(checked))];
      const isSame = (await checkedSums()) === before;
      for (const table of tables) {
        await stage.engine.command(`EXCHANGE TABLES tributary.${table} AND tributary.kept_${table}`);
        await stage.engine.command(`DROP TABLE tributary.kept_${table}`);
      }
      const touched = acts.some(({ table }) => table === 'log_range');
      const isRight = isSame ? touched || all.length === 0 : all.length > 0;
      expect({ isRight, all }).toMatchObject({ isRight: true });
    }),
    { numRuns: 5 },
  );
});
