import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openMetrics } from './open-metrics.ts';
import { parsePrometheusText } from './prometheus-text.fixture.ts';
import type { Family } from './prometheus-text.fixture.ts';

const guide = readFileSync(new URL('../../../../../docs/guides/operate.md', import.meta.url), 'utf8');

/** A metric in the notation of the guide: name, labels, type. */
function row([name, { type, samples }]: readonly [string, Family]): string {
  const labels = [...([...samples.keys()][0] ?? '').matchAll(/(\w+)="/g)].map(([, label]) => label);
  const ours = labels.filter((label) => label !== 'le');
  return `${name}${ours.length === 0 ? '' : `{${ours.join(',')}}`} ${type}`;
}

it('documents every metric in the guide, with its labels and type', async () => {
  const metrics = openMetrics({ service: 'all', version: '1' });
  metrics.intake(['otlp']).refused('otlp', 'invalid_json', 1);
  const projection = metrics.projection({ lag: () => new Map([[0, 1]]), oldestPending: () => undefined });
  projection.inserted('training_step', 1);
  metrics.queue({ bytes: () => 0, pausedPartitions: () => 0 });
  metrics.log(() => 1);
  metrics.conditions(() => Promise.resolve(['disk_low']));
  metrics.refusals(['depth']);
  const questions = metrics.questions();
  questions.running(() => 0);
  questions.attributions(() => ({ running: 0, waiting: 0 }));
  metrics.disk(() => ({ free: 1, state: 'ok' }));
  metrics.deadLetters(() => ({ invalid_json: 1 })).parked('invalid_json', 1);
  const families = [...parsePrometheusText(await metrics.text())];
  const written = [...guide.matchAll(/^\| `(tributary_[^`]+)` +\| (gauge|counter|histogram) +\|/gm)];
  const ours = families.filter(([name]) => name.startsWith('tributary_'));
  expect(new Set(written.map(([, name, type]) => `${name} ${type}`))).toEqual(new Set(ours.map(row)));
});
