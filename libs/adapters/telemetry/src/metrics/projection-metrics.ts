import type { Clock } from '@tributary/kernel';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { amount, codeLabels, partitionLabel } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

/** Values that are read at each scrape. */
export type ProjectionReadings = {
  /** Events that are in the log and not in the tables, by partition. */
  readonly lag: () => ReadonlyMap<number, number>;
  /** Record time of the oldest event that is not in the tables, in microseconds since 1970; undefined if there is none. */
  readonly oldestPending: () => number | undefined;
};

/** What a projector reports. */
export type ProjectionMetrics = {
  /** Rows whose insert is confirmed. */
  inserted(table: string, rows: number): void;
  /** Seconds from an insert to its confirmation. */
  insertTook(seconds: number): void;
  insertRetried(): void;
  /** Events that were dropped because the tables already hold their id. */
  repeatsDropped(events: number): void;
  rebalanced(): void;
};

/** Seconds. */
const INSERT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function projectionMetrics(
  registry: Registry,
  clock: Clock,
  readings: ProjectionReadings,
): ProjectionMetrics {
  watchLag(registry, clock, readings);
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const rows = new Counter({
    name: 'tributary_insert_rows_total',
    help: 'Rows whose insert is confirmed.',
    labelNames: ['table'],
    registers: [registry],
  });
  const took = new Histogram({
    name: 'tributary_insert_seconds',
    help: 'Seconds from an insert to its confirmation.',
    buckets: INSERT_BUCKETS,
    registers: [registry],
  });
  const retries = counter('tributary_insert_retries_total', 'Inserts that were retried.');
  const repeats = counter(
    'tributary_dedup_hits_total',
    'Events that were dropped because the tables already hold their id.',
  );
  const rebalances = counter(
    'tributary_rebalances_total',
    'Rebalances: how often the group has assigned its partitions anew.',
  );
  const tableOf = codeLabels();
  return {
    inserted: (table, count) => rows.inc({ table: tableOf(withoutDatabase(table)) }, amount(count)),
    insertTook: (seconds) => took.observe(amount(seconds)),
    insertRetried: () => retries.inc(),
    repeatsDropped: (events) => repeats.inc(amount(events)),
    rebalanced: () => rebalances.inc(),
  };
}

function watchLag(registry: Registry, clock: Clock, { lag, oldestPending }: ProjectionReadings): void {
  readGauge({
    registry,
    name: 'tributary_projector_lag_events',
    help: 'Events that are in the log and not in the tables, by partition.',
    labelNames: ['partition'],
    read: () => samplesBy('partition', lag(), partitionLabel),
  });
  readGauge({
    registry,
    name: 'tributary_staleness_seconds',
    help: 'Age of the oldest event that is not in the tables, 0 if there is none. Formerly tributary_freshness_seconds.',
    read: () => {
      const oldest = oldestPending();
      return [{ value: oldest === undefined ? 0 : Math.max(0, clock() - oldest) / 1e6 }];
    },
  });
}

const withoutDatabase = (table: string): string => table.slice(table.lastIndexOf('.') + 1);

export type QueueReadings = {
  /** Bytes that are fetched from the log and not processed yet. */
  readonly bytes: () => number;
  readonly pausedPartitions: () => number;
};

export function queueMetrics(registry: Registry, { bytes, pausedPartitions }: QueueReadings): void {
  readGauge({
    registry,
    name: 'tributary_queue_bytes',
    help: 'Bytes that are fetched from the log and not processed yet.',
    read: () => [{ value: bytes() }],
  });
  readGauge({
    registry,
    name: 'tributary_queue_paused_partitions',
    help: 'Partitions whose fetching is paused, because their queue is full.',
    read: () => [{ value: pausedPartitions() }],
  });
}
