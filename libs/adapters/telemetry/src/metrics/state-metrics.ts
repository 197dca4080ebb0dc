import type { Registry } from 'prom-client';
import { codeLabels } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

export type StateReadings = {
  /** Events in the log. */
  readonly events: () => number;
  /** Codes of the readiness conditions that are not met. */
  readonly conditions: () => readonly string[];
};

/** What a process reports that has the log and the tables in itself. */
export function stateMetrics(registry: Registry, { events, conditions }: StateReadings): void {
  readGauge({
    registry,
    name: 'tributary_log_events',
    help: 'Events in the log.',
    read: () => [{ value: events() }],
  });
  const codeOf = codeLabels();
  readGauge({
    registry,
    name: 'tributary_condition',
    help: 'Readiness conditions that are not met, by code; none where the process is ready.',
    labelNames: ['code'],
    read: () =>
      samplesBy(
        'code',
        conditions().map((code) => [code, 1] as const),
        codeOf,
      ),
  });
}
