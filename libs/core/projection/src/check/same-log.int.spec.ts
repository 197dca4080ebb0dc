import { memoryLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Projector } from '../projector.ts';
import { openRebuildStage, STEPS, stepsOf } from '../rebuild/rebuild.fixture.ts';
import type { RebuildStage } from '../rebuild/rebuild.fixture.ts';
import { projectorStates } from '../state/projector-states.ts';
import { checksOf, damagePart, projections } from './tables-watch.fixture.ts';

let stage: RebuildStage;
beforeAll(async () => {
  stage = await openRebuildStage();
});
afterEach(() => stage.renew());
afterAll(() => stage.remove());

type Run = { readonly log: EventLog; readonly version: string; readonly logId?: string };

const start = ({ log, version, logId = 'log' }: Run): Promise<Projector> =>
  stage.start({ logId, version, projections, checks: checksOf(stage.engine, log) }, { log });

async function fillAndStop(run: Run): Promise<void> {
  const projector = await start(run);
  await projector.reached(run.log.head());
  await projector.stop();
}

/** One event for each run, in this order. */
async function append(log: EventLog, ...runs: readonly string[]): Promise<void> {
  for (const run of runs) await log.append([stepsOf(run, 0)], { atomic: true });
}

/** A copy of a log of these runs, with its cursor. */
async function copyOf(log: EventLog, ...runs: readonly string[]): Promise<EventLog> {
  const copy = memoryLog();
  await append(copy, ...runs);
  const cursor = log.cursors.get('tables');
  if (cursor) await copy.cursors.set('tables', cursor);
  return copy;
}

/** The log of runs 1 to 4, whose tables the second version filled, and the copy that was kept before the upgrade. */
async function upgraded(): Promise<{ readonly log: EventLog; readonly kept: EventLog }> {
  const log = memoryLog();
  await append(log, '1', '2');
  await fillAndStop({ log, version: 'v1' });
  const kept = await copyOf(log, '1', '2');
  await append(log, '3', '4');
  await fillAndStop({ log, version: 'v2' });
  return { log, kept };
}

const rows = async (): Promise<number | undefined> => (await stage.sums())[0]?.rows;

it('an upgrade empties no tables that know more than the log, such as its copy of before the upgrade', async () => {
  const { log, kept } = await upgraded();
  for (const version of ['v2', 'v3'])
    await expect(start({ log: kept, version })).rejects.toMatchObject({
      code: 'log_behind_tables',
      message: expect.stringContaining('the tables hold events up to 4'),
    });
  expect(await rows()).toBe(4 * STEPS);
  const projector = await start({ log, version: 'v2' });
  expect([projector.shortfall(), projector.position()]).toEqual([undefined, log.head()]);
});

it('nor are they emptied for a copy of the log that was made while they were', async () => {
  const { log, kept } = await upgraded();
  const generation = { epoch: 2, version: 'v2' };
  const emptying = { kind: 'emptying' as const, position: START, generation };
  await projectorStates(kept.cursors).tables.set(emptying);
  await expect(start({ log: kept, version: 'v2' })).rejects.toMatchObject({ code: 'log_behind_tables' });
  expect(await rows()).toBe(4 * STEPS);
  await projectorStates(log.cursors).tables.set(emptying);
  await fillAndStop({ log, version: 'v2' });
  expect(await rows()).toBe(4 * STEPS);
});

it('nor those of another log, or of a copy that went on by itself', async () => {
  const { log } = await upgraded();
  const twin = await copyOf(log, '1', '2', '4', '3', '5');
  const difference = 'at positions 1 to 4 they were filled with other events than the log has';
  for (const [run, text] of [
    [{ log: twin, version: 'v3' }, difference],
    [{ log, version: 'v3', logId: 'other' }, 'the tables hold rows of another log'],
  ] as const)
    await expect(start(run)).rejects.toMatchObject({
      code: 'tables_of_another_log',
      message: expect.stringContaining(text),
    });
  expect(await rows()).toBe(4 * STEPS);
});

it('an upgrade fills its own tables again, whatever they lack, and where the digests of an earlier version are too many', async () => {
  const { log } = await upgraded();
  await stage.engine.command('TRUNCATE TABLE tributary.training_step');
  await fillAndStop({ log, version: 'v3' });
  await stage.engine.command(
    'ALTER TABLE tributary.log_range UPDATE digested_positions = digested_positions + 1, digest_sum = 1 WHERE 1 SETTINGS mutations_sync = 1',
  );
  await fillAndStop({ log, version: 'v4' });
  await damagePart(stage.engine, 'log_range');
  await fillAndStop({ log, version: 'v5' });
  expect(await rows()).toBe(4 * STEPS);
});
