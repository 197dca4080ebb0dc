import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openRebuildStage } from '../rebuild/rebuild.fixture.ts';
import type { RebuildStage } from '../rebuild/rebuild.fixture.ts';
import { projectorStates } from '../state/projector-states.ts';
import { planBatch } from '../state/tables-state.ts';
import { checksOf, parts, projections } from './tables-watch.fixture.ts';
import { verifyTables } from './verify-tables.ts';

let stage: RebuildStage;
beforeAll(async () => {
  stage = await openRebuildStage();
  /* Merges would join the parts of batches. */
  await stage.engine.command('SYSTEM STOP MERGES');
});
afterEach(() => stage.renew());
afterAll(() => stage.remove());

const ROWS_DIFFER = expect.stringMatching(/^training_step has \d+ of \d+ rows at positions 1 to 4$/);

describe('tables whose last batch was interrupted', () => {
  /** The state before the last of three batches, whose rows are in the tables. */
  async function interrupted(): Promise<void> {
    const projector = await stage.start({
      logId: 'log',
      projections,
      checks: checksOf(stage.engine, stage.log),
    });
    await stage.fill(1);
    await projector.reached(stage.log.head());
    await stage.fill(1);
    await projector.reached(stage.log.head());
    const { tables } = projectorStates(stage.log.cursors);
    const state = tables.get();
    await stage.fill(1);
    await projector.reached(stage.log.head());
    await projector.stop();
    if (state?.kind !== 'complete') throw new Error('the second batch is not complete');
    await tables.set(planBatch(state, stage.log.head()));
  }
  const verified = () =>
    verifyTables(
      { reader: stage.engine.reader, logId: 'log', projections, log: stage.log },
      stage.log.cursors,
    );
  const drop = async (table: string, batch: number): Promise<void> => {
    const found = (await stage.engine.reader.all(parts, {})).filter(({ table_name }) => table_name === table);
    await stage.engine.command(`ALTER TABLE tributary.${table} DROP PART '${found[batch]?.name}'`);
  };

  it.each([
    ['its rows are counted', []],
    ['its rows are not counted yet', ['log_range']],
    ['nothing of it is in the tables', ['log_range', 'training_step', 'training_step_per_64']],
  ])('are verified up to it, where %s', async (_, absent) => {
    await interrupted();
    for (const table of absent) await drop(table, 2);
    expect(await verified()).toMatchObject({ divergence: null });
  });

  it.each([
    ['although as many rows of it are there', ['log_range']],
    ['where its rows are counted', []],
  ])('are named where they lack rows before it, %s', async (_, absent) => {
    await interrupted();
    for (const table of absent) await drop(table, 2);
    await drop('training_step', 0);
    expect(await verified()).toMatchObject({ divergence: ROWS_DIFFER });
  });

  it('are named where everything in them is gone', async () => {
    await interrupted();
    const gone = await stage.engine.reader.all(parts, {});
    for (const { table_name, name } of gone)
      await stage.engine.command(`ALTER TABLE tributary.${table_name} DROP PART '${name}'`);
    expect(await verified()).toMatchObject({
      divergence: 'log_range counts 0 of 4 positions at positions 1 to 4',
    });
  });
});
