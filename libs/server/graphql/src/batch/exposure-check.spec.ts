import type { StepOrder } from '@tributary/training';
import { expect, it } from 'vitest';
import { exposureCheck } from './exposure-check.ts';

const corpus = (slice: string) => ({ path: `/${slice}`, slice, document: 'd', sample: 's', shuffle: 'x' });

const order: StepOrder = {
  first_step: 1,
  last_step: 100,
  method: 'inferred',
  encoding: 'megatronIndex',
  evidence: 1,
  order: {
    megatronIndex: {
      sequenceLength: 8,
      firstSample: 0,
      batches: [{ fromStep: 1, samples: 4 }],
      blend: { dataset: 'dataset', datasetSample: 'dataset-sample' },
      corpora: [corpus('web'), corpus('code')],
    },
  },
};

it('reads of the arrays only which corpora the samples of the recorded steps are of', async () => {
  const read: [string, number, number][] = [];
  const open = (sha256: string) =>
    Promise.resolve({
      length: 400,
      read: (from: number, count: number) => {
        read.push([sha256, from, count]);
        return Promise.resolve(Array.from({ length: count }, (_none, at) => (from + at) % 2));
      },
    });
  const recorded = ['web', 'code'].map((slice) => ({
    slice,
    shard: '',
    first_step: 11,
    last_step: 20,
    tokens: 160,
    inferred: false,
    evidence: [7],
  }));
  const found = await exposureCheck(order, recorded, open);
  expect(found?.exposure).toMatchObject({ recordedTokens: 320, orderedTokens: 320, agrees: true });
  expect(read).toEqual([['dataset', 40, 40]]);
});
