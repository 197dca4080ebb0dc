import { aFact } from '@tributary/testing';
import { expect, it } from 'vitest';
import { trainingProjection } from './projection.ts';

const stamp = { _position: 9, recorded_at: 1_764_000_000_000_000 };

it('makes one row a step and keeps unknown metrics in the map', () => {
  const fact = aFact('training.steps.recorded', {
    runId: 'r',
    attempt: 1,
    steps: [3, 5],
    columns: { loss: [2.5, 2.25], tokens: [10, 20], mfu: [0.5, 0.25] },
  });
  expect(trainingProjection.project(fact, stamp)['training_step']).toEqual([
    { _position: 9, run_id: 'r', attempt: 1, step: 3, loss: 2.5, learning_rate: NaN, grad_norm: NaN, tokens: 10, extra: { mfu: 0.5 } },
    { _position: 9, run_id: 'r', attempt: 1, step: 5, loss: 2.25, learning_rate: NaN, grad_norm: NaN, tokens: 20, extra: { mfu: 0.25 } },
  ]);
});

it('gives back what JSON could not say', () => {
  const fact = aFact('training.steps.recorded', {
    runId: 'r',
    attempt: 1,
    steps: [1, 2],
    columns: { loss: [null, 1], gradNorm: [null, null] },
    nonfinite: { loss: [{ index: 0, value: 'nan' }], gradNorm: [{ index: 0, value: '+inf' }, { index: 1, value: '-inf' }] },
  });
  const rows = trainingProjection.project(fact, stamp)['training_step'];
  expect(rows?.map(({ loss, grad_norm }) => [loss, grad_norm])).toEqual([[NaN, Infinity], [1, -Infinity]]);
});

it('files exposure under the domain of its slice', () => {
  const fact = aFact('training.exposure.recorded', {
    runId: 'r',
    attempt: 2,
    firstStep: 1,
    lastStep: 10,
    unit: 'byte',
    method: 'measured',
    amounts: [{ slice: 'math/structured', amount: 5 }, { slice: 'code', shardId: 's', amount: 7 }],
  });
  const rows = trainingProjection.project(fact, stamp)['training_exposure'];
  expect(rows?.map(({ slice, domain, shard_id, amount }) => [slice, domain, shard_id, amount])).toEqual([
    ['math/structured', 'math', '', 5],
    ['code', 'code', 's', 7],
  ]);
});

it('gives equal configurations equal digests, whatever the order of their keys', () => {
  const digest = (config: Record<string, unknown>) => {
    const fact = aFact('training.run.started', { runId: 'r', attempt: 1, model: { name: 'm' }, config, seeds: {} });
    return trainingProjection.project(fact, stamp)['training_run']?.[0]?.['config_digest'];
  };
  expect(digest({ width: 1, depth: { b: 2, a: 1 } })).toBe(digest({ depth: { a: 1, b: 2 }, width: 1 }));
  expect(digest({ width: 1 })).not.toBe(digest({ width: 2 }));
});
