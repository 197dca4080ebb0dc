import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { listedLabels } from './labels.ts';

/** What a process reports that answers questions. */
export type QuestionMetrics = {
  /** A request was refused because it asked for more than one request may. */
  refused(limit: string): void;
};

/** `limits` are the names of the limits. Each has a counter from the start. */
export function questionMetrics(registry: Registry, limits: readonly string[]): QuestionMetrics {
  const refused = new Counter({
    name: 'tributary_questions_refused_total',
    help: 'Requests of GraphQL that were refused before anything of them ran, by limit.',
    labelNames: ['limit'],
    registers: [registry],
  });
  const limitOf = listedLabels(limits);
  for (const limit of limits) refused.inc({ limit }, 0);
  return { refused: (limit) => refused.inc({ limit: limitOf(limit) }) };
}
