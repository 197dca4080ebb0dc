import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { amount, codeLabels } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

/** What a process reports that parks events or parts of requests. */
export type DeadLetterMetrics = {
  parked(code: string, count: number): void;
};

/** `unresolved` reads the number of dead letters that are parked and not resolved, by code. */
export function deadLetterMetrics(
  registry: Registry,
  unresolved: () => Readonly<Record<string, number>>,
): DeadLetterMetrics {
  const codeOf = codeLabels();
  readGauge({
    registry,
    name: 'tributary_dead_letters_parked',
    help: 'Dead letters that are parked and not resolved, by code. Formerly tributary_dead_letters.',
    labelNames: ['code'],
    read: () => samplesBy('code', Object.entries(unresolved()), codeOf),
  });
  const parked = new Counter({
    name: 'tributary_dead_letters_total',
    help: 'Dead letters that this process has parked, by code.',
    labelNames: ['code'],
    registers: [registry],
  });
  return { parked: (code, count) => parked.inc({ code: codeOf(code) }, amount(count)) };
}
