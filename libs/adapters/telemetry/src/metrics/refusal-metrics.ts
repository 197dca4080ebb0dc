import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { listedLabels } from './labels.ts';

/** What a process reports whose requests have limits. */
export type RefusalMetrics = {
  /** A request, or a part of its answer, was refused because it met a limit. */
  readonly refused: (limit: string) => void;
};

/** `limits` are the names of the limits. Each has a counter from the start. */
export function refusalMetrics(registry: Registry, limits: readonly string[]): RefusalMetrics {
  const refused = new Counter({
    name: 'tributary_requests_refused_total',
    help: 'Requests that were refused, as a whole or in part, because they met a limit, by the name of the limit.',
    labelNames: ['limit'],
    registers: [registry],
  });
  const limitOf = listedLabels(limits);
  for (const limit of limits) refused.inc({ limit }, 0);
  return { refused: (limit) => refused.inc({ limit: limitOf(limit) }) };
}
