import { expect, it } from 'vitest';
import { comparabilityDigest } from './comparability.ts';

const config = {
  width: 96,
  optimiser: { name: 'AdamW', weight_decay: 0.1 },
  weights: { code: 0.5 },
  seed: 1,
  run_name: 'a',
};

it('excludes seeds, mixtures, names and paths at any depth', () => {
  const other = {
    ...config,
    weights: { code: 0.1 },
    seed: 2,
    run_name: 'b',
    output_dir: '/elsewhere',
    data: { shuffle_seed: 3 },
  };
  expect(comparabilityDigest({ ...other, data: {} })).toBe(comparabilityDigest({ ...config, data: {} }));
  expect(comparabilityDigest({ ...other, data: { shuffle_seed: 4 } })).toBe(comparabilityDigest(other));
});

it.each([
  ['the width', { ...config, width: 128 }],
  ['the weight decay', { ...config, optimiser: { name: 'AdamW', weight_decay: 0.2 } }],
  ['the learning rate', { ...config, learning_rate: 0.1 }],
])('tells %s apart', (_what, other) => {
  expect(comparabilityDigest(other)).not.toBe(comparabilityDigest(config));
});
