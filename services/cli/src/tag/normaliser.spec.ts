import { expect, it } from 'vitest';
import { normaliserFileOf } from './normaliser.ts';

it('makes a normaliser that was recorded into what a file holds, whatever the order of its statistics', () => {
  const statistics = [
    { feature: 'logic', statistic: 'sd', value: 11 },
    { feature: 'node_count', statistic: 'sd', value: 37.9 },
    { feature: 'logic', statistic: 'mean', value: 5 },
    { feature: 'node_count', statistic: 'mean', value: 40.5 },
  ];
  expect(normaliserFileOf(statistics)).toEqual({
    feature_order: ['node_count'],
    corpus_mean: [40.5],
    corpus_sd_population: [37.9],
    logic_mean: 5,
    logic_sd_population: 11,
  });
});
