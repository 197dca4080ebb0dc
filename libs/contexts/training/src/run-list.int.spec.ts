import { aFact, insertRows, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainingProjection } from './projection.ts';
import { runsOfExperiment } from './run-list.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

it('reads the runs of an experiment whole, or refuses it', async () => {
  const names = ['a', 'b', 'c'];
  const facts = names.map((runId) =>
    trainingProjection.project(
      aFact('training.run.started', {
        runId,
        attempt: 1,
        model: { name: 'm' },
        config: {},
        seeds: {},
        experimentId: 'many',
      }),
      { _position: 1, recorded_at: 1 },
    ),
  );
  await insertRows(store.engine, 'many', facts);
  const { reader } = store.engine;
  const many = { experiment_id: 'many', run_id: null, as_of: [1] };
  expect((await runsOfExperiment(reader, many, 3)).map(({ run_id }) => run_id)).toEqual(names);
  await expect(runsOfExperiment(reader, many, 2)).rejects.toMatchObject({
    code: 'too_many_rows',
    message: expect.stringContaining('experiment many has more than 2 runs'),
  });
  expect(await runsOfExperiment(reader, { ...many, run_id: 'b' }, 1)).toMatchObject([{ run_id: 'b' }]);
});
