import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainingProjection } from './projection.ts';
import { differingStepRollups } from './queries.ts';

/** Two buckets of 4,096 steps, and 128 of 64, each with as many steps and tokens as the others. */
const STEPS = 8_192;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const steps = Array.from({ length: STEPS }, (_, step) => step);
  const facts = [0, STEPS / 2].map((from) => {
    const some = steps.slice(from, from + STEPS / 2);
    return aFact('training.steps.recorded', {
      runId: 'r',
      attempt: 1,
      steps: some,
      columns: { loss: some.map(() => 1), tokens: some.map(() => 10) },
    });
  });
  await project(store, trainingProjection, facts);
});
afterAll(() => store.remove());

const differing = async () =>
  (await store.engine.reader.all(differingStepRollups, {})).map(({ table_name }) => table_name);

/* The coarse ones first: they get what is inserted into the fine ones. */
it.each(['training_step_per_4096', 'training_step_per_64'])(
  'finds %s other than its steps where a bucket is lost and another one is there twice',
  async (table) => {
    expect(await differing()).toEqual([]);
    await store.engine.command(`CREATE TABLE tributary.kept CLONE AS tributary.${table}`);
    await store.engine.command(`ALTER TABLE tributary.${table} DELETE WHERE bucket = 0`);
    await store.engine.command(
      `INSERT INTO tributary.${table} SETTINGS deduplicate_insert='disable' SELECT * FROM tributary.kept WHERE bucket = 1`,
    );
    expect(await differing()).toContain(table);
    await store.engine.command(`EXCHANGE TABLES tributary.${table} AND tributary.kept`);
    await store.engine.command('DROP TABLE tributary.kept');
  },
);
