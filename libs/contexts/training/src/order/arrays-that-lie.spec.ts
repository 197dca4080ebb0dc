import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownSamples, samplesOf } from './megatron-samples.ts';
import type { IntegerArray, MegatronIndex, OpenArray } from './megatron-samples.ts';
import { documentsOf } from './sample-documents.ts';

const index: MegatronIndex = {
  sequenceLength: 4,
  firstSample: 0,
  batches: [{ fromStep: 0, samples: 1 }],
  corpora: [{ path: 'web', document: 'document', sample: 'sample', shuffle: 'shuffle' }],
};

/** An array in memory, which ends where a file would. */
const arrayOf = (numbers: readonly number[]): IntegerArray => ({
  length: numbers.length,
  read: async (from, count) => {
    if (from + count > numbers.length) throw new RangeError(`${from} + ${count} of ${numbers.length}`);
    return numbers.slice(from, from + count);
  },
});

async function documents(files: Readonly<Record<string, readonly number[]>>, sample: number) {
  const open: OpenArray = async (name) => arrayOf(files[name] ?? []);
  const range = { from: sample, count: 1 };
  const own = await ownSamples(index, range, open);
  if (typeof own === 'string') return own;
  const samples = await samplesOf(index, range, own, open);
  return typeof samples === 'string' ? samples : documentsOf(index, samples, { from: 0, count: 100 }, open);
}

it.each([
  ['a negative document', { document: [-5, 2], sample: [0, 0, 1, 3], shuffle: [0] }, 0, /document -5/],
  [
    'a document beyond what is exact',
    { document: [0, 2 ** 53], sample: [0, 0, 1, 3], shuffle: [0] },
    0,
    /document 9007199254740992/,
  ],
  [
    'half of a boundary',
    { document: [0, 1, 2], sample: [0, 0, 1, 3, 2], shuffle: [0, 1] },
    1,
    /entry 1 of 1/,
  ],
])('says what is wrong with %s', async (_what, files, sample, reason) => {
  expect(await documents(files, sample)).toMatch(reason);
});

it('reads no more documents of a sample than any sample has', async () => {
  const long: IntegerArray = {
    length: 1e8,
    read: (_from, count) => Promise.reject(new Error(`${count} documents are read at once`)),
  };
  const files = { sample: arrayOf([0, 0, 1e8 - 1, 3]), shuffle: arrayOf([0]) };
  const open: OpenArray = async (name) => ({ document: long, ...files })[name] ?? 'unknown';
  const samples = await samplesOf(index, { from: 0, count: 1 }, { corpora: [0], own: [0] }, open);
  expect(samples).toBe('sample 0: it has 100000000 documents; at most 100000 are resolved');
});

it('has documents with whole numbers from 0, or a reason, whatever the arrays say', async () => {
  const number = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(2 ** 53, -(2 ** 53), 2 ** 63));
  const array = fc.array(number, { maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({ document: array, sample: array, shuffle: array }),
      fc.nat(5),
      async (files, at) => {
        const found = await documents(files, at);
        if (typeof found === 'string') return;
        for (const { document, from, to } of found)
          expect([document, from, to ?? 0].every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(
            true,
          );
      },
    ),
    { seed: 5, numRuns: 3000 },
  );
});
