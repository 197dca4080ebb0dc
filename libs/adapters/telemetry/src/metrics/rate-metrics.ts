import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { listedLabels } from './labels.ts';

/** What a process reports that bounds the requests of each client. */
export type RateMetrics = {
  /** A request was refused because its client sends too many of its kind. */
  readonly refused: (kind: string) => void;
};

const KINDS = ['write', 'question'] as const;

export function rateMetrics(registry: Registry): RateMetrics {
  const refused = new Counter({
    name: 'tributary_client_rate_refused_total',
    help: 'Requests that were refused because their client sends more than its rate, by kind: write or question.',
    labelNames: ['kind'],
    registers: [registry],
  });
  const kindOf = listedLabels(KINDS);
  for (const kind of KINDS) refused.inc({ kind }, 0);
  return { refused: (kind) => refused.inc({ kind: kindOf(kind) }) };
}
