import { expect, it } from 'vitest';
import { Findings } from './findings.ts';
import { directionOf, metricOf, splitMetric } from './metric.ts';

it.each([
  ['val_loss', 'nats', false, true],
  ['ppl', 'perplexity', false, true],
  ['bpb', 'bits_per_byte', false, true],
  ['error_rate', 'error_rate', false, true],
  ['acc_norm', 'accuracy', true, true],
  ['exact-match', 'exact-match', true, false],
  ['score', 'score', true, true],
  ['vibe', 'vibe', true, false],
])('reads unit and direction of %s from its name', (name, unit, higherIsBetter, directionKnown) => {
  expect(metricOf(name)).toEqual({ name, unit, higherIsBetter, directionKnown });
});

it.each([
  ['hellaswag_acc_norm', 'hellaswag', 'acc_norm'],
  ['wiki/val_loss', 'wiki', 'val_loss'],
  ['val_loss', 'val_loss', 'val_loss'],
  ['hellaswag', 'hellaswag', 'value'],
  ['web_test', 'web_test', 'value'],
])('splits %s', (column, name, metric) => {
  expect(splitMetric(column)).toEqual({ name, metric });
});

it.each([
  ['word_perplexity', undefined, false, 0],
  ['acc', false, false, 0],
  ['constructor', undefined, true, 1],
])('reads the direction of %s, declared as %s', (name, declared, higherIsBetter, warnings) => {
  const findings = new Findings();
  expect(directionOf(name, declared, findings, 'a.json').higherIsBetter).toBe(higherIsBetter);
  expect(findings.warnings).toHaveLength(warnings);
});
