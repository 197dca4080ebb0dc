import { expect, it } from 'vitest';
import { openMetrics } from './open-metrics.ts';
import { samplesOf } from './prometheus-text.fixture.ts';

const open = () => openMetrics({ service: 'projector', version: '1.2.3' });

it('keeps texts of users out of labels', async () => {
  const metrics = open();
  const intake = metrics.intake(['cloudevents', 'otlp']);
  const deadLetters = metrics.deadLetters(() => ({ schema_violation: 2, 'tenant "acme"\n': 3, 'a b': 1 }));
  const foreign: string = 'acme corp';
  intake.accepted('otlp', 3);
  intake.accepted(foreign as 'otlp', 1);
  intake.refused('cloudevents', 'schema_violation', 2);
  intake.refused('cloudevents', 'run/7 "x"\n', 1);
  deadLetters.parked('x'.repeat(65), 1);
  expect(await samplesOf(metrics, 'tributary_events_accepted_total')).toEqual({
    'tributary_events_accepted_total{protocol="cloudevents"}': 0,
    'tributary_events_accepted_total{protocol="otlp"}': 3,
    'tributary_events_accepted_total{protocol="other"}': 1,
  });
  expect(await samplesOf(metrics, 'tributary_events_refused_total')).toEqual({
    'tributary_events_refused_total{protocol="cloudevents",code="schema_violation"}': 2,
    'tributary_events_refused_total{protocol="cloudevents",code="other"}': 1,
  });
  expect(await samplesOf(metrics, 'tributary_dead_letters_parked')).toEqual({
    'tributary_dead_letters_parked{code="schema_violation"}': 2,
    'tributary_dead_letters_parked{code="other"}': 4,
  });
  expect(await samplesOf(metrics, 'tributary_dead_letters_total')).toEqual({
    'tributary_dead_letters_total{code="other"}': 1,
  });
});

it('keeps a hundred codes and counts the others as one', async () => {
  const metrics = open();
  const intake = metrics.intake(['otlp']);
  for (let code = 0; code < 250; code += 1) intake.refused('otlp', `code_${code}`, 1);
  const found = await samplesOf(metrics, 'tributary_events_refused_total');
  expect(Object.keys(found)).toHaveLength(101);
  expect(found['tributary_events_refused_total{protocol="otlp",code="other"}']).toBe(150);
});

it('ignores an invalid count', async () => {
  const metrics = open();
  const intake = metrics.intake(['otlp']);
  for (const count of [-1, Number.NaN, Infinity]) intake.accepted('otlp', count);
  intake.appended(-1);
  intake.appended(Number.NaN);
  expect(await samplesOf(metrics, 'tributary_events_accepted_total')).toEqual({
    'tributary_events_accepted_total{protocol="otlp"}': 0,
  });
  expect(await samplesOf(metrics, 'tributary_append_seconds')).toMatchObject({
    tributary_append_seconds_sum: 0,
  });
});
