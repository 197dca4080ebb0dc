import { systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { deadLetterMetrics } from './dead-letter-metrics.ts';
import type { DeadLetterMetrics } from './dead-letter-metrics.ts';
import { intakeMetrics } from './intake-metrics.ts';
import type { IntakeMetrics } from './intake-metrics.ts';
import { projectionMetrics } from './projection-metrics.ts';
import type { ProjectionMetrics, ProjectionReadings } from './projection-metrics.ts';
import { queueMetrics } from './queue-metrics.ts';
import type { QueueReadings } from './queue-metrics.ts';

export type MetricsOptions = {
  readonly service: string;
  readonly version: string;
  readonly clock?: Clock;
};

/**
 * The metrics of one process. Each part is opened at most once, by a process that does this work, so that nothing
 * tells a zero about work it has no part in. Values behind readings are read at each scrape.
 */
export type Metrics = {
  intake<Protocol extends string>(protocols: readonly Protocol[]): IntakeMetrics<Protocol>;
  projection(readings: ProjectionReadings): ProjectionMetrics;
  queue(readings: QueueReadings): void;
  deadLetters(waiting: () => Readonly<Record<string, number>>): DeadLetterMetrics;
  /** Of the text: Prometheus' text format 0.0.4. */
  readonly contentType: string;
  text(): Promise<string>;
};

export function openMetrics({ service, version, clock = systemClock }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'tributary_build_info',
    help: 'Which service this is; always 1.',
    labelNames: ['service', 'version'],
    registers: [registry],
  }).set({ service, version }, 1);
  return {
    intake: (protocols) => intakeMetrics(registry, protocols),
    projection: (readings) => projectionMetrics(registry, clock, readings),
    queue: (readings) => queueMetrics(registry, readings),
    deadLetters: (waiting) => deadLetterMetrics(registry, waiting),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
