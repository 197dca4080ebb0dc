import { join } from 'node:path';
import { checkFact } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { importers, readFolder, recognise } from '../index.ts';

const samples = join(import.meta.dirname, '../../../../../examples/samples/lm-eval');

it('reads results and samples that lm-eval 0.4.13 wrote', async () => {
  const { sources, ambiguous } = await recognise(importers, await readFolder(samples));
  const found = sources.filter(({ importer }) => importer.kind === 'lm-eval');
  expect(ambiguous).toEqual([]);
  expect(found.map(({ folder }) => folder.files.length)).toEqual([3, 2]);
  const events = [];
  for (const { importer, folder } of found) {
    const { rejected, events: read } = await importer.read(folder, {});
    expect(rejected).toEqual([]);
    events.push(...read);
  }
  for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
  const scores = events.flatMap(({ type, data }) => (type === 'evaluation.score.recorded' ? [data] : []));
  expect(scores.filter(({ benchmark }) => benchmark === 'tiny_math').map(({ filter }) => filter)).toEqual([
    'strict-match',
    'flexible-extract',
  ]);
  const limited = scores.find(({ limit }) => limit !== undefined);
  expect(limited).toMatchObject({ runId: 'tiny/model', step: 3000, shots: 2, limit: 3, items: 3 });
  const items = events.flatMap(({ type, data }) => (type === 'evaluation.items.recorded' ? [data] : []));
  for (const { benchmark, metric, filter, runId, values } of items) {
    const score = scores.find(
      (candidate) =>
        candidate.runId === runId &&
        candidate.benchmark === benchmark &&
        candidate.metric === metric &&
        candidate.filter === filter,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(score?.value).toBeCloseTo(mean, 12);
  }
  expect(items).toHaveLength(6);
});
