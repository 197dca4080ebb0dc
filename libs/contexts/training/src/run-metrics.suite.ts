import type { TestStore } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { metricsIn } from './metric-model.fixture.ts';
import type { Metric } from './metric-model.fixture.ts';
import { runMetrics } from './metric-queries.ts';
import { differingMetricExtents, differingStepExtents } from './queries.ts';
import { fillFrom, randomMetrics } from './random-metrics.fixture.ts';

const asked = { run_ids: ['r'], attempts: [], after: '', first: 1_000 };

/** The metrics that the tables list of the run of a random history. */
export async function metricsAsOf(
  { engine }: TestStore,
  as_of: number,
  more: { readonly attempts?: readonly number[] } = {},
): Promise<Metric[]> {
  const rows = await engine.reader.all(runMetrics, { ...asked, ...more, as_of: [as_of] });
  return rows.map(({ page_key: _key, ...metric }) => metric);
}

/** Fails where a rollup is not what its source says. */
export async function addUp({ engine }: TestStore): Promise<void> {
  expect(await engine.reader.all(differingStepExtents, {})).toEqual([]);
  expect(await engine.reader.all(differingMetricExtents, {})).toEqual([]);
}

/** The law of the list of metrics, for some random histories. */
export function listsMetrics(opened: () => TestStore, seeds: readonly number[]): void {
  describe.each(seeds)('the metrics of random history %i', (seed) => {
    const log = randomMetrics(seed);

    it('are those of its facts as of every position, of all attempts and of each', async () => {
      const store = opened();
      await fillFrom(store, log, 3);
      for (const { position } of log) {
        expect({ position, metrics: await metricsAsOf(store, position) }).toEqual({
          position,
          metrics: metricsIn(log, position),
        });
        if (position % 5 > 0) continue;
        for (const attempt of [0, 1, 2, 3])
          expect(await metricsAsOf(store, position, { attempts: [attempt] })).toEqual(
            metricsIn(log, position, attempt),
          );
      }
    });

    it('are the same where the rollups are merged or filled again, in other blocks, and these add up', async () => {
      const store = opened();
      const answers = async (): Promise<Metric[][]> => {
        const found: Metric[][] = [];
        for (const { position } of log)
          if (position % 3 === log.length % 3) found.push(await metricsAsOf(store, position));
        return found;
      };
      await fillFrom(store, log, 1);
      const first = await answers();
      for (const table of ['step', 'metric'])
        await store.engine.command(`OPTIMIZE TABLE tributary.training_${table}_extent FINAL`);
      expect(await metricsAsOf(store, log.length)).toEqual(first.at(-1));
      await addUp(store);
      await fillFrom(store, log, log.length);
      expect(await answers()).toEqual(first);
      await addUp(store);
    });
  });
}
