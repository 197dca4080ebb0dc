import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { influenceProjection } from './projection.ts';
import { influences } from './queries.ts';

const recorded = (scores: (number | null)[], damping?: number) =>
  aFact('influence.scores.recorded', {
    checkpointId: 'c',
    estimator: { name: 'ekfac', ...(damping === undefined ? {} : { damping }) },
    target: { benchmark: 'sums' },
    level: 'sequence',
    refs: ['a', 'b', 'c'],
    scores,
    validity: { measure: 'lds', value: 0.5 },
  });

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, influenceProjection, [
    recorded([0.1, null, 0.3]),
    recorded([0.9, 0.9, 0.9], 0.01),
    recorded([-0.5, null, 0.2]),
  ]);
});
afterAll(() => runtime.remove());

const ask = (more: { after?: string; first?: number; as_of?: number[] }) =>
  runtime.engine.reader.all(influences, {
    checkpoint_id: 'c',
    estimator: 'ekfac',
    benchmark: 'sums',
    item: null,
    after: '',
    first: 10,
    as_of: [3],
    ...more,
  });

it('orders scores from highest to lowest, entries without a score last', async () => {
  expect((await ask({ as_of: [1] })).map(({ ref, score }) => [ref, score])).toEqual([
    ['c', 0.3],
    ['a', 0.1],
    ['b', null],
  ]);
});

it('keeps estimators of different damping apart and takes the newest score of each', async () => {
  const rows = await ask({});
  expect(rows.map(({ ref, score, damping }) => [ref, score, damping])).toEqual([
    ['a', 0.9, 0.01],
    ['b', 0.9, 0.01],
    ['c', 0.9, 0.01],
    ['c', 0.2, null],
    ['a', -0.5, null],
    ['b', null, null],
  ]);
  expect(rows[0]).toMatchObject({
    validity_measure: 'lds',
    validity: 0.5,
    validity_subsets: null,
    evidence: 2,
  });
});

it('gives all scores over its pages', async () => {
  const first = await ask({ first: 4 });
  expect([...first, ...(await ask({ after: first.at(-1)?.page_key ?? '' }))]).toEqual(await ask({}));
});
