import { aFact, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { metricsIn } from './metric-model.fixture.ts';
import { pointCurve } from './metric-queries.ts';
import { fillFrom, randomMetrics } from './random-metrics.fixture.ts';
import { addUp, listsMetrics, metricsAsOf } from './run-metrics.suite.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

listsMetrics(() => store, [1]);

it('takes a step of -0 for step 0, in the list, in a curve and where the rollups are merged', async () => {
  const pointAt = (step: number) =>
    aFact('training.metrics.recorded', { runId: 'r', keys: ['acc'], steps: [step], times: [1], values: [2] });
  await fillFrom(
    store,
    [-0, 0, -0].map((step, index) => ({ position: index + 1, fact: pointAt(step) })),
    1,
  );
  await store.engine.command('OPTIMIZE TABLE tributary.training_metric_extent FINAL');
  await addUp(store);
  expect(await metricsAsOf(store, 3)).toMatchObject([{ recorded_values: 3, first_step: 0, last_step: 0 }]);
  const all = { run_id: 'r', key: 'acc', from_step: null, to_step: null, as_of: [3] };
  expect(await store.engine.reader.all(pointCurve, { ...all, bucket_steps: 64 })).toMatchObject([
    { step: 0, value_count: 1 },
  ]);
});

it('lists the metrics of a log without corrections without reading a step or a point', async () => {
  const log = randomMetrics(7).map(({ position, fact }) => ({ position, fact }));
  await fillFrom(store, log, 5);
  const expected = await metricsAsOf(store, log.length);
  expect(expected).toEqual(metricsIn(log, log.length));
  await store.engine.command('TRUNCATE TABLE tributary.training_step');
  await store.engine.command('TRUNCATE TABLE tributary.training_metric');
  expect(await metricsAsOf(store, log.length)).toEqual(expected);
});
