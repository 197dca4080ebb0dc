import type { Fact } from '@tributary/contracts';
import { aFact, rowsOf } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { trainingProjection } from './projection.ts';

const stamp = { _position: 9, recorded_at: 1_764_000_000_000_000 };

const stepsOf = (data: Fact<'training.steps.recorded'>['data']) =>
  trainingProjection.project(aFact('training.steps.recorded', data), stamp)['training_step'];

it('makes one row for each step and keeps other metrics in the map', () => {
  const columns = { loss: [2.5, 2.25], tokens: [10, 20], mfu: [0.5, 0.25] };
  expect(stepsOf({ runId: 'r', attempt: 1, steps: [3, 5], columns })).toEqual({
    count: 2,
    columns: {
      _position: 9,
      run_id: 'r',
      attempt: 1,
      step: [3, 5],
      loss: [2.5, 2.25],
      learning_rate: NaN,
      grad_norm: NaN,
      tokens: [10, 20],
      extra: { mfu: [0.5, 0.25] },
    },
  });
});

it('restores values that JSON cannot represent', () => {
  const columns = { loss: [null, 1], gradNorm: [null, null] };
  const nonfinite = {
    loss: [{ index: 0, value: 'nan' }],
    gradNorm: [
      { index: 0, value: '+inf' },
      { index: 1, value: '-inf' },
    ],
  } as const;
  const rows = stepsOf({
    runId: 'r',
    attempt: 1,
    steps: [1, 2],
    columns,
    nonfinite: { loss: [...nonfinite.loss], gradNorm: [...nonfinite.gradNorm] },
  });
  expect(rows).toMatchObject({
    columns: { loss: Float32Array.of(NaN, 1), grad_norm: Float32Array.of(Infinity, -Infinity) },
  });
});

it('keeps a loss beyond Float32 as infinite', () => {
  const rows = stepsOf({ runId: 'r', attempt: 1, steps: [1], columns: { loss: [1e300], tokens: [0.5] } });
  expect(rows).toMatchObject({ columns: { loss: Float32Array.of(Infinity), tokens: [1] } });
});

it('records exposure by the domain of its slice, in tokens for a byte-level tokenizer', () => {
  const fact = aFact('training.exposure.recorded', {
    runId: 'r',
    attempt: 2,
    firstStep: 1,
    lastStep: 10,
    unit: 'byte',
    tokenizer: 'byte',
    method: 'measured',
    amounts: [
      { slice: 'math/structured', amount: 5 },
      { slice: 'code', shardId: 's', amount: 7 },
    ],
  });
  const rows = rowsOf(trainingProjection.project(fact, stamp), 'training_exposure');
  expect(
    rows.map(({ slice, domain, shard_id, amount, unit }) => [slice, domain, shard_id, amount, unit]),
  ).toEqual([
    ['math/structured', 'math', '', 5, 'token'],
    ['code', 'code', 's', 7, 'token'],
  ]);
});

it('keeps what a run was trained with, and nothing where it is not recorded', () => {
  const row = (over: object) => {
    const fact = aFact('training.run.started', {
      runId: 'r',
      attempt: 1,
      model: { name: 'm' },
      config: {},
      seeds: {},
      ...over,
    });
    const rows = trainingProjection.project(fact, stamp);
    return { ...rowsOf(rows, 'training_run')[0], ...rowsOf(rows, 'training_run_setting')[0] };
  };
  const full = {
    model: { name: 'm', parameters: 7, architecture: 'decoder' },
    code: { repository: 'r', revision: '1', digest: '0'.repeat(64) },
    hardware: 'CPU',
    config: { width: 1, depth: { b: 2, a: 1 } },
  };
  expect(row(full)).toMatchObject({
    parameters: 7,
    architecture: 'decoder',
    hardware: 'CPU',
    code_repository: 'r',
    code_revision: '1',
    code_digest: '0'.repeat(64),
    config: '{"depth":{"a":1,"b":2},"width":1}',
  });
  const nothing = { parameters: null, architecture: '', hardware: '', code_revision: '', config: '{}' };
  expect(row({})).toMatchObject(nothing);
});
