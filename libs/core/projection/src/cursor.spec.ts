import { positionFromText, START } from '@tributary/kernel';
import { expect, it } from 'vitest';
import {
  complete,
  emptied,
  firstCursor,
  isEmptying,
  isPending,
  plan,
  planRebuild,
  versionOf,
} from './cursor.ts';

const at = positionFromText;

it('names the range of a batch and what makes its tables in its token', () => {
  const planned = plan(complete(plan(firstCursor('v'), at('10'))), at('25'));
  expect(planned).toEqual({ position: '10', planned: { from: '10', to: '25', token: '1@v:10-25' } });
  expect(isPending(planned)).toBe(true);
  expect(isPending(complete(planned))).toBe(false);
});

it('starts a rebuild at the beginning under an epoch of its own', () => {
  const before = complete(plan(firstCursor('v'), at('10')));
  const rebuild = planRebuild(before, 'v');
  expect(isEmptying(rebuild)).toBe(true);
  expect(emptied(rebuild).position).toBe(START);
  expect(plan(emptied(rebuild), at('10')).planned?.token).toBe('2@v:0-10');
  expect(
    plan(emptied(planRebuild(complete(plan(emptied(rebuild), at('10'))), 'w')), at('10')).planned?.token,
  ).toBe('3@w:0-10');
});

it('remembers the version through every state, and knows none of a cursor that was kept before there were any', () => {
  const planned = plan(firstCursor('v'), at('10'));
  expect([planned, complete(planned), planRebuild(planned, 'v')].map(versionOf)).toEqual(['v', 'v', 'v']);
  const old = { position: at('10'), planned: { from: START, to: at('10'), token: '7:0-10' } };
  expect(versionOf(old)).toBe('');
  expect(planRebuild(old, 'v').planned?.token).toBe('emptying:8@v');
});
