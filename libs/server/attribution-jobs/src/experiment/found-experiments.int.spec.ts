import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lookForExperiments } from './found-experiments.ts';

/** One more than a list may have that is asked for at once. */
const RUNS = 100_001;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

it('counts the runs without a start among more scored runs than one list may have', async () => {
  const runs = `concat('run-', leftPad(toString(number), 6, '0')) FROM numbers(${RUNS})`;
  const { engine } = store;
  await engine.command(
    `INSERT INTO tributary.training_run (experiment_id, attempt, _position, run_id) SELECT 'known', 1, 1, ${runs}`,
  );
  await engine.command(`INSERT INTO tributary.evaluation_score (_position, run_id) SELECT 1, ${runs}`);
  await engine.command(`INSERT INTO tributary.evaluation_score (_position, run_id) VALUES (1, 'nobody')`);
  const { found, leftOut } = await lookForExperiments(engine.reader, ['known'], [9], 2 * RUNS);
  expect(found).toEqual([]);
  expect(leftOut.find(({ reason }) => reason === 'no_start')).toMatchObject({ runs: 1 });
});
