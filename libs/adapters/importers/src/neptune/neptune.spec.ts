import { expect, it } from 'vitest';
import { dataOf, importedBy, kindsOf, readBy, sample } from '../import.fixture.ts';
import { neptune } from './neptune.ts';

it('merges the parts of a run and separates runs', async () => {
  const [imported] = await importedBy('neptune', await sample('neptune'));
  expect(dataOf(imported, 'training.run.started')).toMatchObject([
    { runId: 'team/tiny/TINY-1', projectId: 'team/tiny', name: 'name of TINY-1', seeds: { init: 42 } },
    { runId: 'team/tiny/TINY-2' },
  ]);
  expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
    {
      runId: 'team/tiny/TINY-1',
      steps: [0, 1, 2, 3, 4, 5],
      columns: { loss: [5, 4.875, 4.75, 4.625, 4.5, 4.375] },
    },
    { runId: 'team/tiny/TINY-1', steps: [6, 7, 8], nonfinite: { loss: [{ index: 2, value: 'nan' }] } },
    { runId: 'team/tiny/TINY-2', steps: [0, 1, 2] },
  ]);
  expect(dataOf(imported, 'training.run.ended')).toMatchObject([
    { runId: 'team/tiny/TINY-2', status: 'failed' },
  ]);
});

it('keeps fractional and negative steps as points with their times', async () => {
  const [imported] = await importedBy('neptune', await sample('neptune'));
  const start = Date.parse('2026-02-03T04:05:06.789Z') * 1000;
  expect(dataOf(imported, 'training.metrics.recorded')).toMatchObject([
    {
      keys: ['eval/loss', 'eval/loss', 'eval/loss'],
      steps: [0.5, 1.25, -1],
      times: [start + 500_000, start + 1_250_000, start - 1_000_000],
    },
  ]);
});

it('reads every type of attribute and leaves out files, histograms, text series and personal attributes', async () => {
  const [imported] = await importedBy('neptune', await sample('neptune'));
  expect(dataOf(imported, 'training.run.started')[0]).toMatchObject({
    config: {
      'sys/tags': ['a', 'b'],
      'sys/creation_time': '2026-02-03T04:05:06.789Z',
      'parameters/seed': 42,
      'parameters/lr': 0.0003,
      'parameters/amp': true,
    },
  });
  expect(imported?.warnings.map(({ code }) => code)).toEqual([
    'personal_left_out',
    'file_left_out',
    'value_is_no_number',
    'histogram_left_out',
  ]);
  const text = JSON.stringify(imported?.events);
  for (const personal of ['someone', 'node-1']) expect(text).not.toContain(personal);
});

it('rejects a truncated part and reads the others', async () => {
  const parts = (await sample('neptune')).files.filter(({ path }) => path.endsWith('.parquet'));
  const [first, , last] = await Promise.all(parts.map((part) => part.read()));
  const files = {
    'a_part_0.parquet': (first ?? new Uint8Array()).subarray(0, 900),
    'b_part_0.parquet': last ?? '',
  };
  const imported = await readBy(neptune, files);
  expect(imported.rejected).toMatchObject([{ source: 'a_part_0.parquet' }]);
  expect(dataOf(imported, 'training.run.started')).toMatchObject([{ runId: 'team/tiny/TINY-2' }]);
  expect(await kindsOf({ 'a.parquet': 'PAR1 and no more' })).toEqual([]);
});

it('imports a copy of a part once', async () => {
  const part = (await sample('neptune')).files.find(({ path }) => path.endsWith('.parquet'));
  const bytes = (await part?.read()) ?? new Uint8Array();
  const imported = await readBy(neptune, { 'a/x_part_0.parquet': bytes, 'b/x_part_0.parquet': bytes });
  expect(imported.events).toEqual((await readBy(neptune, { 'x_part_0.parquet': bytes })).events);
  expect(imported.warnings).toContainEqual(expect.objectContaining({ code: 'file_repeated', count: 1 }));
});
