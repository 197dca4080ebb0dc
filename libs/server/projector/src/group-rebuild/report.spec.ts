import { positionFromText } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { exitCodeOf, reportOf } from './report.ts';
import type { RebuildOutcome } from './rebuild-tables.ts';

const sums = { rowsBefore: 1, rowsAfter: 1, checksumBefore: '5', checksumAfter: '5' };
const equal: Exclude<RebuildOutcome, 'finished'> = {
  position: positionFromText('4,2'),
  equal: true,
  exchanged: false,
  sameVersion: true,
  tables: [{ table: 'training_step', ...sums, equal: true }],
  notCompared: ['training_run_latest'],
};
const different: typeof equal = {
  ...equal,
  equal: false,
  tables: [{ table: 'training_step', ...sums, checksumBefore: '6', equal: false }],
  divergence: {
    table: 'training_step',
    position: positionFromText('1:2'),
    type: 'training.steps.recorded',
    before: ['{"a":"\u001b"}'],
    after: [],
  },
};

it('has a line for each table, and names tables that were not compared', () => {
  expect(reportOf(equal)).toBe(
    [
      'training_step: 1 rows, checksum 5, equal',
      'training_run_latest: not compared: the live tables have moved on',
      'as of position 4,2, every table that was compared is equal',
    ].join('\n'),
  );
});

it('names the first divergence, and lets no row rewrite the screen', () => {
  const report = reportOf(different);
  expect(report).toContain('training_step begins to differ at position 1:2, training.steps.recorded\n');
  expect(report).toContain('  only before: {"a":"\uFFFD"}');
});

it('exits with 1 where tables differ, unless another version had filled the replaced ones', () => {
  const outcomes: RebuildOutcome[] = [
    equal,
    different,
    { ...different, exchanged: true },
    { ...different, sameVersion: false },
    { ...different, exchanged: true, sameVersion: false },
    'finished',
  ];
  expect(outcomes.map(exitCodeOf)).toEqual([0, 1, 1, 1, 0, 0]);
});
