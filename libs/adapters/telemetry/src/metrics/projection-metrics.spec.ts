import { expect, it } from 'vitest';
import { openMetrics } from './open-metrics.ts';
import { samplesOf } from './prometheus-text.fixture.ts';

const open = (now = () => 0) => openMetrics({ service: 'projector', version: '1.2.3', clock: now });

it('reads lag and staleness at each scrape', async () => {
  let now = 5_000_000;
  let oldest: number | undefined;
  const lag = new Map([[0, 3]]);
  const metrics = open(() => now);
  metrics.projection({ lag: () => lag, oldestPending: () => oldest });
  expect(await samplesOf(metrics, 'tributary_staleness_seconds')).toEqual({ tributary_staleness_seconds: 0 });
  oldest = 4_000_000;
  now = 6_500_000;
  lag.delete(0);
  lag.set(11, 1);
  expect(await samplesOf(metrics, 'tributary_staleness_seconds')).toEqual({
    tributary_staleness_seconds: 2.5,
  });
  expect(await samplesOf(metrics, 'tributary_projector_lag_events')).toEqual({
    'tributary_projector_lag_events{partition="11"}': 1,
  });
  oldest = 9_000_000;
  expect(await samplesOf(metrics, 'tributary_staleness_seconds')).toEqual({ tributary_staleness_seconds: 0 });
});

it('omits a gauge that cannot be read, and serves the others', async () => {
  let broken = true;
  const bytes = () => {
    if (broken) throw new Error('closed');
    return 7;
  };
  const metrics = open();
  metrics.queue({ bytes, pausedPartitions: () => 2 });
  expect(await samplesOf(metrics, 'tributary_queue_bytes')).toEqual({});
  expect(await samplesOf(metrics, 'tributary_queue_paused_partitions')).toEqual({
    tributary_queue_paused_partitions: 2,
  });
  broken = false;
  expect(await samplesOf(metrics, 'tributary_queue_bytes')).toEqual({ tributary_queue_bytes: 7 });
});

it('counts the work of a projector, from zero', async () => {
  const metrics = open();
  const projection = metrics.projection({ lag: () => new Map(), oldestPending: () => undefined });
  expect(await samplesOf(metrics, 'tributary_insert_retries_total')).toEqual({
    tributary_insert_retries_total: 0,
  });
  projection.inserted('tributary.training_step', 10);
  projection.inserted('training_step', 5);
  projection.insertTook(0.2);
  projection.insertRetried();
  projection.repeatsDropped(4);
  projection.rebalanced();
  expect(await samplesOf(metrics, 'tributary_insert_rows_total')).toEqual({
    'tributary_insert_rows_total{table="training_step"}': 15,
  });
  expect(await samplesOf(metrics, 'tributary_insert_seconds')).toMatchObject({
    'tributary_insert_seconds_bucket{le="0.1"}': 0,
    'tributary_insert_seconds_bucket{le="0.25"}': 1,
    'tributary_insert_seconds_bucket{le="+Inf"}': 1,
    tributary_insert_seconds_sum: 0.2,
    tributary_insert_seconds_count: 1,
  });
  expect(await samplesOf(metrics, 'tributary_insert_retries_total')).toEqual({
    tributary_insert_retries_total: 1,
  });
  expect(await samplesOf(metrics, 'tributary_dedup_hits_total')).toEqual({ tributary_dedup_hits_total: 4 });
  expect(await samplesOf(metrics, 'tributary_rebalances_total')).toEqual({ tributary_rebalances_total: 1 });
});
