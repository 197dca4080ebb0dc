import type { Clock } from '@tributary/kernel';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { amount } from './amount.ts';
import { partitionLabel, wordLabels } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

/** What is at hand when somebody looks. */
export type ProjectionReadings = {
  /** Events in the log and not in the tables, by partition. */
  readonly lag: () => ReadonlyMap<number, number>;
  /** When the oldest event that is not in the tables yet was recorded, in microseconds since 1970; undefined where there is none. */
  readonly oldestPending: () => number | undefined;
};

/** What a projector tells. */
export type ProjectionMetrics = {
  /** Rows that the tables have confirmed. */
  inserted(table: string, rows: number): void;
  /** From an insert to its confirmation. */
  insertTook(seconds: number): void;
  insertRetried(): void;
  /** Events left out since the tables have their id already. */
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
    help: 'Rows that the tables have confirmed.',
    labelNames: ['table'],
    registers: [registry],
  });
  const took = new Histogram({
    name: 'tributary_insert_seconds',
    help: 'From an insert to its confirmation, in seconds.',
    buckets: INSERT_BUCKETS,
    registers: [registry],
  });
  const retries = counter('tributary_insert_retries_total', 'Inserts that were tried again.');
  const repeats = counter(
    'tributary_dedup_hits_total',
    'Events left out since the tables have their id already.',
  );
  const rebalances = counter('tributary_rebalances_total', 'Times the partitions were shared out anew.');
  const tableOf = wordLabels();
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
    help: 'Events in the log and not in the tables, by partition.',
    labelNames: ['partition'],
    read: () => samplesBy('partition', lag(), partitionLabel),
  });
  readGauge({
    registry,
    name: 'tributary_freshness_seconds',
    help: 'Age of the oldest event that is not in the tables yet; 0 where there is none.',
    read: () => {
      const oldest = oldestPending();
      return [{ value: oldest === undefined ? 0 : Math.max(0, clock() - oldest) / 1e6 }];
    },
  });
}

const withoutDatabase = (table: string): string => table.slice(table.lastIndexOf('.') + 1);
