import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { amount } from './amount.ts';
import { wordLabels } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

/** What a process tells that sets events or pieces of requests aside. */
export type DeadLetterMetrics = {
  parked(code: string, letters: number): void;
};

/** `waiting`: letters that nobody has seen to yet, by code. */
export function deadLetterMetrics(
  registry: Registry,
  waiting: () => Readonly<Record<string, number>>,
): DeadLetterMetrics {
  const codeOf = wordLabels();
  readGauge({
    registry,
    name: 'tributary_dead_letters',
    help: 'Dead letters that nobody has seen to yet, by reason.',
    labelNames: ['code'],
    read: () => samplesBy('code', Object.entries(waiting()), codeOf),
  });
  const parked = new Counter({
    name: 'tributary_dead_letters_total',
    help: 'Dead letters that this process has parked, by reason.',
    labelNames: ['code'],
    registers: [registry],
  });
  return { parked: (code, letters) => parked.inc({ code: codeOf(code) }, amount(letters)) };
}
