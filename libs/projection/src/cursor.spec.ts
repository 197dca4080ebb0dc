import { START } from '@tributary/event-log';
import { positionFromText } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { complete, emptied, firstCursor, isEmptying, isPending, plan, planRebuild } from './cursor.ts';

const at = positionFromText;

it('names the range of a batch in its token', () => {
  const planned = plan(complete(plan(firstCursor, at('10'))), at('25'));
  expect(planned).toEqual({ position: '10', planned: { from: '10', to: '25', token: '1:10-25' } });
  expect(isPending(planned)).toBe(true);
  expect(isPending(complete(planned))).toBe(false);
});

it('starts a rebuild at the beginning under an epoch of its own', () => {
  const before = complete(plan(firstCursor, at('10')));
  const rebuild = planRebuild(before);
  expect(isEmptying(rebuild)).toBe(true);
  expect(emptied(rebuild).position).toBe(START);
  expect(plan(emptied(rebuild), at('10')).planned?.token).toBe('2:0-10');
  expect(
    plan(emptied(planRebuild(complete(plan(emptied(rebuild), at('10'))))), at('10')).planned?.token,
  ).toBe('3:0-10');
});
