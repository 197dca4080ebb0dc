import type { Registry } from 'prom-client';
import { readGauge } from './read-gauge.ts';

export type QueueReadings = {
  /** Bytes that have arrived from the log and wait for work. */
  readonly bytes: () => number;
  readonly pausedPartitions: () => number;
};

export function queueMetrics(registry: Registry, { bytes, pausedPartitions }: QueueReadings): void {
  readGauge({
    registry,
    name: 'tributary_queue_bytes',
    help: 'Bytes that have arrived from the log and wait for work.',
    read: () => [{ value: bytes() }],
  });
  readGauge({
    registry,
    name: 'tributary_queue_paused_partitions',
    help: 'Partitions that are not fetched from at present, since their queue is full.',
    read: () => [{ value: pausedPartitions() }],
  });
}
