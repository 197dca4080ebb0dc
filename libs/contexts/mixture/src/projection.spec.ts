import { aFact, rowsOf } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { mixtureProjection } from './projection.ts';

const stamp = { _position: 7, recorded_at: 1_764_000_000_000_000 };
const plan = (weights: Record<string, number>, unit: 'token_share' | 'unnormalised' = 'token_share') =>
  aFact('mixture.plan.decided', {
    mixtureId: 'm',
    unit,
    phases: [
      {
        name: 'all',
        fromStep: 0,
        weights: Object.entries(weights).map(([slice, weight]) => ({ slice, weight })),
      },
    ],
    rationale: 'r',
    decidedBy: 'd',
  });

it('keeps weights as decided and adds their share of the phase', () => {
  const { mixture_weight } = mixtureProjection.project(plan({ code: 3, web: 1 }, 'unnormalised'), stamp);
  expect(mixture_weight).toMatchObject([
    { ...stamp, mixture_id: 'm', phase: 'all', from_step: 0, slice: 'code', weight: 3, share: 0.75 },
    { ...stamp, mixture_id: 'm', phase: 'all', from_step: 0, slice: 'web', weight: 1, share: 0.25 },
  ]);
});

it.each([
  [{ code: 0.5, web: 0.5 }, []],
  [{ code: 0.5, web: 0.503 }, ['shares_do_not_sum_to_one']],
  [{ code: 0, web: 0 }, ['weights_all_zero', 'shares_do_not_sum_to_one']],
])('flags what is odd about %j and stores it all the same', (weights, flags) => {
  const { mixture_plan } = mixtureProjection.project(plan(weights), stamp);
  expect(mixture_plan).toEqual([expect.objectContaining({ mixture_id: 'm', flags })]);
});

it('flags a plan that departs from itself', () => {
  const { data, ...fact } = plan({ code: 1 });
  const itself = { ...fact, data: { ...data, parentMixtureId: 'm' } };
  expect(rowsOf(mixtureProjection.project(itself, stamp), 'mixture_plan')).toMatchObject([
    { flags: ['derived_from_itself'] },
  ]);
});

it('marks the control among the arms', () => {
  const fact = aFact('mixture.experiment.assigned', {
    experimentId: 'x',
    design: 'controlled_ablation',
    assignment: 'randomised',
    randomisation: { method: 'shuffled', seed: '7' },
    control: 'full',
    heldEqual: ['hardware'],
    arms: [
      { arm: 'full', mixtureId: 'full', role: 'train' },
      { arm: 'wo_code', mixtureId: 'wo_code', role: 'train', displacement: 'proportional' },
    ],
  });
  const rows = mixtureProjection.project(fact, stamp);
  const arms = rowsOf(rows, 'mixture_arm');
  expect(arms.map(({ arm, control, displacement }) => ({ arm, control, displacement }))).toEqual([
    { arm: 'full', control: true, displacement: '' },
    { arm: 'wo_code', control: false, displacement: 'proportional' },
  ]);
  const held = rowsOf(rows, 'mixture_arm_held');
  expect(held.map(({ arm, held_equal }) => ({ arm, held_equal }))).toEqual([
    { arm: 'full', held_equal: ['hardware'] },
    { arm: 'wo_code', held_equal: ['hardware'] },
  ]);
});

it('ignores facts of other contexts', () => {
  const ended = aFact('training.run.ended', { runId: 'r', attempt: 1, status: 'completed', lastStep: 1 });
  expect(mixtureProjection.project(ended, stamp)).toEqual({});
});
