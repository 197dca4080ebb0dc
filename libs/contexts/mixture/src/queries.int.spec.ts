import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mixtureProjection } from './projection.ts';
import { arms, currentPlan, currentWeights, plannedShares } from './queries.ts';

const decided = (weights: Record<string, number>, decidedBy: string) =>
  aFact('mixture.plan.decided', {
    mixtureId: 'm',
    unit: 'unnormalised',
    phases: [
      {
        name: 'all',
        fromStep: 0,
        weights: Object.entries(weights).map(([slice, weight]) => ({ slice, weight })),
      },
    ],
    rationale: 'r',
    decidedBy,
  });
const tokenShares = (weights: Record<string, number>) => {
  const { data, ...fact } = decided(weights, 'ada');
  return { ...fact, data: { ...data, mixtureId: 'shares', unit: 'token_share' as const } };
};
const assigned = (mixtureId: string) =>
  aFact('mixture.experiment.assigned', {
    experimentId: 'x',
    design: 'swarm',
    assignment: 'manual',
    arms: [{ arm: 'a', mixtureId, role: 'train' }],
  });

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, mixtureProjection, [
    decided({ code: 3, web: 1 }, 'ada'),
    aFact('mixture.plan.approved', { mixtureId: 'm', approvedBy: 'grace' }),
    assigned('m'),
    decided({ code: 1, web: 1 }, 'alan'),
    assigned('n'),
    aFact('mixture.plan.decided', {
      mixtureId: 'published',
      name: 'Published',
      snapshotId: 'web@v2',
      citation: 'Table 2',
      unit: 'unnormalised',
      phases: [
        {
          name: 'stage 1',
          fromStep: 0,
          endsAt: 1000,
          weights: [{ slice: 'web', weight: 0.5, label: 'CommonCrawl', source: 's3:web' }],
        },
      ],
      missing: [{ description: 'a private crawl', weight: 0.25 }],
      alternatives: [{ description: 'more code' }],
      constraints: ['no private data'],
      predictedEffects: [
        { capability: 'code', effect: 0.1, unit: 'accuracy' },
        { capability: 'math', effect: 0.2, unit: 'accuracy', slice: 'web', displacement: 'proportional' },
      ],
      rationale: 'r',
      decidedBy: 'd',
    }),
    tokenShares({ code: 0.5, web: 0.5 }),
    tokenShares({ code: 0.25, web: 0.75 }),
  ]);
});
afterAll(() => runtime.remove());
afterAll(() => runtime.remove());

it('gives the newest planned shares of tokens, and none of plans in another unit', async () => {
  const mixture_ids = ['m', 'shares', 'unknown'];
  const asked = (as_of: number) => runtime.engine.reader.all(plannedShares, { mixture_ids, as_of: [as_of] });
  const row = { mixture_id: 'shares', phase: 'all' };
  expect(await asked(8)).toEqual([
    { ...row, slice: 'code', weight: 0.25 },
    { ...row, slice: 'web', weight: 0.75 },
  ]);
  expect(await asked(7)).toMatchObject([{ weight: 0.5 }, { weight: 0.5 }]);
  expect(await asked(6)).toEqual([]);
});

const planAsOf = (as_of: number) =>
  runtime.engine.reader.all(currentPlan, { mixture_id: 'm', as_of: [as_of] });
const weightsAsOf = (as_of: number) =>
  runtime.engine.reader.all(currentWeights, { mixture_id: 'm', as_of: [as_of] });

it('shows the plan as of a position, with its approval', async () => {
  expect(await planAsOf(1)).toMatchObject([{ decided_by: 'ada', approved_by: '', evidence: [1] }]);
  expect(await planAsOf(3)).toMatchObject([{ decided_by: 'ada', approved_by: 'grace', evidence: [1, 2] }]);
});

it('drops the approval of an older decision when a newer one replaces it', async () => {
  expect(await planAsOf(5)).toMatchObject([{ decided_by: 'alan', approved_by: '', evidence: [4] }]);
});

it('gives the weights of the current plan, and their shares', async () => {
  expect(await weightsAsOf(3)).toMatchObject([
    { slice: 'code', weight: 3, share: 0.75 },
    { slice: 'web', share: 0.25 },
  ]);
  expect(await weightsAsOf(4)).toMatchObject([
    { slice: 'code', share: 0.5 },
    { slice: 'web', share: 0.5 },
  ]);
});

it('is empty before a mixture is decided', async () => {
  expect(await planAsOf(0)).toEqual([]);
  expect(await weightsAsOf(0)).toEqual([]);
});

it('takes the newest assignment of an arm', async () => {
  const armsAsOf = (as_of: number) => runtime.engine.reader.all(arms, { experiment_id: 'x', as_of: [as_of] });
  expect(await armsAsOf(3)).toMatchObject([{ arm: 'a', mixture_id: 'm', control: false }]);
  expect(await armsAsOf(5)).toMatchObject([{ arm: 'a', mixture_id: 'n' }]);
  expect(await runtime.engine.reader.all(arms, { experiment_id: 'other', as_of: [5] })).toEqual([]);
});

it('keeps the missing parts of a published plan, and where its phases end', async () => {
  const asked = { mixture_id: 'published', as_of: [6] };
  expect(await runtime.engine.reader.all(currentPlan, asked)).toMatchObject([
    {
      name: 'Published',
      snapshot_id: 'web@v2',
      citation: 'Table 2',
      missing: [{ description: 'a private crawl', weight: 0.25 }],
      alternatives: [{ description: 'more code', mixture_id: '' }],
      constraints: ['no private data'],
      predicted_effects: [
        { capability: 'code', effect: 0.1, unit: 'accuracy' },
        { capability: 'math', effect: 0.2, unit: 'accuracy' },
      ],
      predicted_estimands: [
        { slice: '', displacement: '', experiment_id: '', estimand: '' },
        { slice: 'web', displacement: 'proportional', experiment_id: '', estimand: '' },
      ],
      decision: 6,
    },
  ]);
  expect(await runtime.engine.reader.all(currentWeights, asked)).toMatchObject([
    { ends_at: 1000, label: 'CommonCrawl', source: 's3:web', share: 1 },
  ]);
  expect(await weightsAsOf(3)).toMatchObject([{ ends_at: null, label: '' }, { ends_at: null }]);
});
