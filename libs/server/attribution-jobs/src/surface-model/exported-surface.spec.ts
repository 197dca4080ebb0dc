import { createHash } from 'node:crypto';
import type { PredictionRequest } from '@tributary/attribution';
import { inspectModel } from '@tributary/onnx';
import { expect, it } from 'vitest';
import { exportedSurface } from './exported-surface.ts';
import { surfaceModel } from './surface-model.ts';

const ORIGIN = { experiment: 'e', asOf: [3, 9] };
const estimators = { model: async (...asked: Parameters<typeof surfaceModel>) => surfaceModel(...asked) };

const requestOf = (capability: string, runs: number): PredictionRequest => {
  const shares = Array.from({ length: runs }, (_, run) => [
    (run + 1) / (runs + 2),
    (runs + 1 - run) / (runs + 2),
  ]);
  return {
    training: {
      capability,
      unit: 'accuracy',
      components: ['a', 'b/c'],
      mixtures: shares.map((_, run) => `m${run}`),
      shares,
      values: shares.map(([a = 0], run) => a * a + 0.01 * (run % 2)),
    },
    targets: [],
    randomSeed: 4,
  };
};

const requests = [requestOf('math', 9), requestOf('code', 3)];
const asked = (outcome: string, of = requests) => exportedSurface(estimators, of, outcome, ORIGIN);

it('is the model of the outcome that was asked for, with its digest', async () => {
  const answer = await asked('math');
  const bytes = Buffer.from('bytes' in answer ? answer.bytes : '', 'base64');
  expect(answer).toMatchObject({ outcome: 'math', sha256: createHash('sha256').update(bytes).digest('hex') });
  const metadata = { slices: '["a","b/c"]', capability: 'math', experiment: 'e', as_of: '[3,9]' };
  expect(inspectModel(bytes)).toMatchObject({ ok: true, model: { metadata } });
});

it('is refused where nothing predicts the outcome, and where its runs are too few', async () => {
  expect(await asked('music')).toEqual({
    ok: false,
    refusal: 'unknown_capability',
    text: 'No surface predicts music in e; there are those of math, code.',
  });
  expect(await asked('music', [])).toMatchObject({ text: 'No surface predicts music in e; it has none.' });
  expect(await asked('code')).toMatchObject({
    refusal: 'no_surface',
    text: expect.stringContaining('runs of 3 distinct mixtures and needs 4'),
  });
});
