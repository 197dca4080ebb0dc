import { expect, it } from 'vitest';
import { rebuildText } from './rebuild.ts';
import type { Rebuilt } from './rebuild.ts';

const table = {
  table: 'training_step',
  rowsBefore: 1200,
  rowsAfter: 1201,
  checksumBefore: '7',
  checksumAfter: '8',
  equal: false,
};
const rebuilt: Rebuilt = {
  position: '12',
  equal: false,
  exchanged: false,
  divergence: {
    table: 'training_step',
    position: '7',
    type: 'training.steps.recorded',
    key: null,
    before: ['{"step":1}'],
    after: ['{"step":2}', '{"step":3}'],
  },
  tables: [table],
};

it('names the first event whose rows differ, and rows of both sides', () => {
  expect(rebuildText(rebuilt).split('\n')).toEqual([
    'table          rows before  rows after  checksum before  checksum after',
    'training_step        1,200       1,201  7                8               DIFFERENT',
    '',
    'training_step begins to differ at position 7, training.steps.recorded',
    '  only before: {"step":1}',
    '  only after:  {"step":2}',
    '  only after:  {"step":3}',
    '',
    'as of position 12, some tables are DIFFERENT; the live tables are unchanged',
  ]);
});

it('names the key where a rollup differs, and which tables are live now', () => {
  const divergence = {
    ...rebuilt.divergence,
    table: 'per_64',
    position: null,
    type: null,
    key: '{"bucket":1}',
  };
  const text = rebuildText({
    ...rebuilt,
    exchanged: true,
    divergence: { ...divergence, before: [], after: [] },
  });
  expect(text).toContain('per_64 begins to differ at key {"bucket":1}\n');
  expect(text).toMatch(/the rebuilt tables are live now$/);
});

it('replaces control characters of recorded text', () => {
  const divergence = { ...rebuilt.divergence, table: 't', position: '1', type: null, key: null, after: [] };
  const text = rebuildText({ ...rebuilt, divergence: { ...divergence, before: ['{"a":"\u001b[2J"}'] } });
  expect(text).toContain('no event of the log');
  expect(text).not.toContain('\u001b');
});
