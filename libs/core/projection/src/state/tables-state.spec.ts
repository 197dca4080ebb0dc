import { START, positionFromText } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { tablesCodec } from './state-codec.ts';
import { completeBatch, emptied, firstState, planBatch, planRebuild, versionOf } from './tables-state.ts';

const at = positionFromText;

it('names the range of a batch and what fills its tables in its token', () => {
  const planned = planBatch(completeBatch(planBatch(firstState('v'), at('10'))), at('25'));
  expect(planned).toEqual({
    kind: 'planned',
    position: '10',
    generation: { epoch: 1, version: 'v' },
    batch: { from: '10', to: '25', token: '1@v:10-25' },
  });
  expect(completeBatch(planned)).toMatchObject({ kind: 'complete', position: '25' });
});

it('starts a rebuild at the beginning under an epoch of its own', () => {
  const before = completeBatch(planBatch(firstState('v'), at('10')));
  const rebuilt = emptied(planRebuild(before, 'v'));
  expect(rebuilt.position).toBe(START);
  expect(planBatch(rebuilt, at('10')).batch.token).toBe('2@v:0-10');
  const again = emptied(planRebuild(completeBatch(planBatch(rebuilt, at('10'))), 'w'));
  expect(planBatch(again, at('10')).batch.token).toBe('3@w:0-10');
});

it('keeps the version through every state, and knows none of tables that are older than versions', () => {
  const planned = planBatch(firstState('v'), at('10'));
  expect([planned, completeBatch(planned), planRebuild(planned, 'v')].map(versionOf)).toEqual([
    'v',
    'v',
    'v',
  ]);
  const old = tablesCodec.decode({
    position: at('10'),
    planned: { from: START, to: at('10'), token: '7:0-10' },
  });
  expect(versionOf(old)).toBe('');
  expect(planRebuild(old, 'v').generation).toEqual({ epoch: 8, version: 'v' });
});
