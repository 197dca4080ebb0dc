import { aFact, rowsOf } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { evaluationProjection } from './projection.ts';

const stamp = { _position: 4, recorded_at: 1 };
const measured = { runId: 'r', capability: 'code', benchmark: 'b', metric: 'accuracy' };

it('distinguishes a missing standard error from zero', () => {
  const row = (stderr?: number) =>
    rowsOf(
      evaluationProjection.project(
        aFact('evaluation.score.recorded', {
          ...measured,
          step: 1,
          harness: { name: 'h', version: '1' },
          value: 0.5,
          unit: 'accuracy',
          higherIsBetter: true,
          method: 'measured',
          ...(stderr === undefined ? {} : { stderr }),
        }),
        stamp,
      ),
      'evaluation_score',
    )[0];
  expect(row()?.['stderr']).toBeNull();
  expect(row(0)?.['stderr']).toBe(0);
});

it('distinguishes a score without a step from one of step 0', () => {
  const row = (step: object) =>
    rowsOf(
      evaluationProjection.project(
        aFact('evaluation.score.recorded', {
          ...measured,
          ...step,
          harness: { name: 'h' },
          value: 0.5,
          unit: 'accuracy',
          higherIsBetter: true,
          method: 'reported',
        }),
        stamp,
      ),
      'evaluation_score',
    )[0];
  expect(row({ step: 0 })).toMatchObject({ step: 0, has_step: true, harness_version: '' });
  expect(row({})).toMatchObject({ step: 0, has_step: false });
});

it('keeps items with their values', () => {
  const fact = aFact('evaluation.items.recorded', {
    ...measured,
    step: 1,
    harness: { name: 'h', version: '1' },
    itemIds: ['a', 'b'],
    values: [1, 0],
  });
  expect(evaluationProjection.project(fact, stamp)).toMatchObject({
    evaluation_item: [
      {
        ...stamp,
        run_id: 'r',
        capability: 'code',
        benchmark: 'b',
        metric: 'accuracy',
        step: 1,
        item_ids: ['a', 'b'],
        values: [1, 0],
      },
    ],
  });
});

it('invalidates every step where none is named', () => {
  const fact = aFact('evaluation.score.invalidated', { ...measured, reason: 'wrong file', actor: 'ada' });
  expect(
    rowsOf(evaluationProjection.project(fact, stamp), 'evaluation_invalidation')[0]?.['step'],
  ).toBeNull();
});
