import { systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { deadLetterMetrics } from './dead-letter-metrics.ts';
import type { DeadLetterMetrics } from './dead-letter-metrics.ts';
import { diskMetrics } from './disk-metrics.ts';
import type { DiskReading } from './disk-metrics.ts';
import { intakeMetrics } from './intake-metrics.ts';
import type { IntakeMetrics } from './intake-metrics.ts';
import { projectionMetrics, queueMetrics } from './projection-metrics.ts';
import type { ProjectionMetrics, ProjectionReadings, QueueReadings } from './projection-metrics.ts';
import { questionMetrics } from './question-metrics.ts';
import type { QuestionMetrics } from './question-metrics.ts';
import { refusalMetrics } from './refusal-metrics.ts';
import type { RefusalMetrics } from './refusal-metrics.ts';
import { conditionMetrics, logMetrics } from './state-metrics.ts';

export type MetricsOptions = {
  readonly service: string;
  readonly version: string;
  readonly clock?: Clock;
};

/**
 * The metrics of one process. A process opens each part at most once, and only those of its own work, so that it reports
 * no zeros for the work of others. Readings are read at each scrape.
 */
export type Metrics = {
  intake<Protocol extends string>(protocols: readonly Protocol[]): IntakeMetrics<Protocol>;
  projection(readings: ProjectionReadings): ProjectionMetrics;
  queue(readings: QueueReadings): void;
  deadLetters(unresolved: () => Readonly<Record<string, number>>): DeadLetterMetrics;
  disk(read: () => DiskReading): void;
  /** Reads the number of events in the log. */
  log(events: () => number): void;
  /** Reads the codes of the readiness conditions that are not met, and of warnings. */
  conditions(read: () => Promise<readonly string[]>): void;
  /** `limits` are the names of the limits that a request may meet. */
  refusals(limits: readonly string[]): RefusalMetrics;
  questions(): QuestionMetrics;
  /** The media type of Prometheus' text format 0.0.4. */
  readonly contentType: string;
  text(): Promise<string>;
};

/** Opens a registry with the default metrics of the process and `tributary_build_info`. */
export function openMetrics({ service, version, clock = systemClock }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'tributary_build_info',
    help: 'Service and version of this process; always 1.',
    labelNames: ['service', 'version'],
    registers: [registry],
  }).set({ service, version }, 1);
  return {
    intake: (protocols) => intakeMetrics(registry, protocols),
    projection: (readings) => projectionMetrics(registry, clock, readings),
    queue: (readings) => queueMetrics(registry, readings),
    deadLetters: (unresolved) => deadLetterMetrics(registry, unresolved),
    disk: (read) => diskMetrics(registry, read),
    log: (events) => logMetrics(registry, events),
    conditions: (read) => conditionMetrics(registry, read),
    refusals: (limits) => refusalMetrics(registry, limits),
    questions: () => questionMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
