import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { listedLabels } from './labels.ts';
import { readGauge, samplesBy } from './read-gauge.ts';

/** What a process reports that answers questions. */
export type QuestionMetrics = {
  /** A request got no answer: `busy` before it began, `client_left` or `overdue` while it was answered. */
  readonly ended: (ending: string) => void;
  /** Reads how many requests are answered now; to be called once. */
  readonly running: (read: () => number) => void;
  /** Reads how many questions to estimators are worked on, and how many wait; to be called once. */
  readonly attributions: (read: () => { readonly running: number; readonly waiting: number }) => void;
};

const ENDINGS = ['busy', 'client_left', 'overdue'] as const;

export function questionMetrics(registry: Registry): QuestionMetrics {
  const ended = new Counter({
    name: 'tributary_questions_ended_total',
    help: 'Requests with questions that got no answer: busy, client_left or overdue.',
    labelNames: ['ending'],
    registers: [registry],
  });
  const endingOf = listedLabels(ENDINGS);
  for (const ending of ENDINGS) ended.inc({ ending }, 0);
  return {
    ended: (ending) => ended.inc({ ending: endingOf(ending) }),
    running: (read) =>
      readGauge({
        registry,
        name: 'tributary_questions_running',
        help: 'Requests with questions that are answered now.',
        read: () => [{ value: read() }],
      }),
    attributions: (read) =>
      readGauge({
        registry,
        name: 'tributary_attributions',
        help: 'Questions to estimators that are worked on (running) or wait for that (waiting).',
        labelNames: ['state'],
        read: () => samplesBy('state', Object.entries(read()), listedLabels(['running', 'waiting'])),
      }),
  };
}
