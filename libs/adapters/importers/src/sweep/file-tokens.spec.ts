import { expect, it } from 'vitest';
import { affinity, fileTokens, parametersOf, roleOf } from './file-tokens.ts';

it('reads scale and split from the name of a file', () => {
  expect(fileTokens('1b/dev/test_mixture_60m.csv')).toMatchObject({
    scale: '60m',
    split: { token: 'test', role: 'held_out' },
  });
  expect(fileTokens('held-out_mix.csv').split).toEqual({ token: 'heldout', role: 'held_out' });
  expect(fileTokens('runs.csv')).toEqual({ tokens: ['runs'], scale: undefined, split: undefined });
  expect(fileTokens('60m/dev/runs.csv')).toEqual(fileTokens('runs.csv'));
});

it('never joins tables of different scales or splits', () => {
  const joins = (left: string, right: string) => affinity(fileTokens(left), fileTokens(right));
  expect(joins('test_mixture_60m.csv', 'test_loss_1m.csv')).toBeUndefined();
  expect(joins('train_mixture.csv', 'test_loss.csv')).toBeUndefined();
  expect(joins('train_mixture.csv', 'eval_results.csv')).toBe(0);
  expect(joins('train_mixture_1m.csv', 'train_pile_loss_1m.csv')).toBe(2);
});

it('converts a scale to its number of parameters', () => {
  expect(['1m', '60m', '1.5b', '20k'].map(parametersOf)).toEqual([1e6, 6e7, 1.5e9, 2e4]);
});

it('trains on every split that is not known to be held out', () => {
  expect([undefined, 'train', 'Test', 'validation', 'fold-1'].map(roleOf)).toEqual([
    'train',
    'train',
    'held_out',
    'held_out',
    'train',
  ]);
});
