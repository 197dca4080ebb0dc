import type { Registry } from 'prom-client';
import { codeLabels } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

/** What a process reports that has the log in itself: `events` reads how many it has. */
export function logMetrics(registry: Registry, events: () => number): void {
  readGauge({
    registry,
    name: 'tributary_log_events',
    help: 'Events in the log.',
    read: () => [{ value: events() }],
  });
}

/** `conditions` reads the codes of the readiness conditions that are not met, and of warnings. */
export function conditionMetrics(registry: Registry, conditions: () => Promise<readonly string[]>): void {
  const codeOf = codeLabels();
  readGauge({
    registry,
    name: 'tributary_condition',
    help: 'Readiness conditions that are not met, and warnings, by code; none where the process is ready.',
    labelNames: ['code'],
    read: async () =>
      samplesBy(
        'code',
        (await conditions()).map((code) => [code, 1] as const),
        codeOf,
      ),
  });
}
