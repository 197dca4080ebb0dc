import { aFact, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsIn } from './metric-model.fixture.ts';
import type { Metric } from './metric-model.fixture.ts';
import { pointCurve, runMetrics } from './metric-queries.ts';
import { differingMetricExtents, differingStepExtents } from './queries.ts';
import { fillFrom, randomMetrics } from './random-metrics.fixture.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

const asked = { run_ids: ['r'], attempts: [], after: '', first: 1_000 };
const metricsAsOf = async (as_of: number, more: object = {}): Promise<Metric[]> => {
  const rows = await store.engine.reader.all(runMetrics, { ...asked, ...more, as_of: [as_of] });
  return rows.map(({ page_key: _key, ...metric }) => metric);
};

describe.each([1, 4])('the metrics of random history %i', (seed) => {
  const log = randomMetrics(seed);

  it('are those of its facts as of every position, of all attempts and of each', async () => {
    await fillFrom(store, log, 3);
    for (const { position } of log) {
      expect({ position, metrics: await metricsAsOf(position) }).toEqual({
        position,
        metrics: metricsIn(log, position),
      });
      if (position % 5 > 0) continue;
      for (const attempt of [0, 1, 2, 3])
        expect(await metricsAsOf(position, { attempts: [attempt] })).toEqual(
          metricsIn(log, position, attempt),
        );
    }
  });

  it('are the same where the rollups are merged or filled again, in other blocks, and these add up', async () => {
    const answers = async (): Promise<Metric[][]> => {
      const found: Metric[][] = [];
      for (const { position } of log)
        if (position % 3 === log.length % 3) found.push(await metricsAsOf(position));
      return found;
    };
    await fillFrom(store, log, 1);
    const first = await answers();
    for (const table of ['step', 'metric'])
      await store.engine.command(`OPTIMIZE TABLE tributary.training_${table}_extent FINAL`);
    expect(await metricsAsOf(log.length)).toEqual(first.at(-1));
    await addUp();
    await fillFrom(store, log, log.length);
    expect(await answers()).toEqual(first);
    await addUp();
  });
});

async function addUp(): Promise<void> {
  expect(await store.engine.reader.all(differingStepExtents, {})).toEqual([]);
  expect(await store.engine.reader.all(differingMetricExtents, {})).toEqual([]);
}

it('takes a step of -0 for step 0, in the list, in a curve and where the rollups are merged', async () => {
  const pointAt = (step: number) =>
    aFact('training.metrics.recorded', { runId: 'r', keys: ['acc'], steps: [step], times: [1], values: [2] });
  await fillFrom(
    store,
    [-0, 0, -0].map((step, index) => ({ position: index + 1, fact: pointAt(step) })),
    1,
  );
  await store.engine.command('OPTIMIZE TABLE tributary.training_metric_extent FINAL');
  await addUp();
  expect(await metricsAsOf(3)).toMatchObject([{ recorded_values: 3, first_step: 0, last_step: 0 }]);
  const all = { run_id: 'r', key: 'acc', from_step: null, to_step: null, as_of: [3] };
  expect(await store.engine.reader.all(pointCurve, { ...all, bucket_steps: 64 })).toMatchObject([
    { step: 0, value_count: 1 },
  ]);
});

it('lists the metrics of a log without corrections without reading a step or a point', async () => {
  const log = randomMetrics(7).map(({ position, fact }) => ({ position, fact }));
  await fillFrom(store, log, 5);
  const expected = await metricsAsOf(log.length);
  expect(expected).toEqual(metricsIn(log, log.length));
  await store.engine.command('TRUNCATE TABLE tributary.training_step');
  await store.engine.command('TRUNCATE TABLE tributary.training_metric');
  expect(await metricsAsOf(log.length)).toEqual(expected);
});
