import { describe, expect, it } from 'vitest';
import { randomNumbers } from './random.ts';
import { sharesOf, type SourceCounts } from './shares.ts';
import { coverage, sourcesOf } from './shares.fixture.ts';

const CLEAR: SourceCounts[] = [
  { trueClass: 0, counts: [90, 10, 0] },
  { trueClass: 1, counts: [20, 80, 0] },
  { trueClass: 2, counts: [0, 10, 90] },
];

it('corrects counts by the confusion matrix: labels of a known mix give back the mix', () => {
  const mix = [0.5, 0.3, 0.2];
  const labels = [0, 1, 2].map(
    (label) =>
      1000 * mix.reduce((sum, share, index) => sum + (share * CLEAR[index]!.counts[label]!) / 100, 0),
  );
  const shares = sharesOf(labels, CLEAR, { documents: 1000, seed: 1 });
  expect(shares.ok && shares.shares.map(({ share }) => Number(share.toFixed(6)))).toEqual(mix);
});

it('gives the same interval for the same seed, and a narrower one for a larger shard', () => {
  const width = (documents: number, seed: number): number => {
    const shares = sharesOf([0.6 * documents, 0.3 * documents, 0.1 * documents], CLEAR, { documents, seed });
    if (!shares.ok) throw new Error(shares.text);
    return shares.shares[0]!.high - shares.shares[0]!.low;
  };
  expect(width(100, 1)).toBe(width(100, 1));
  expect(width(1600, 1)).toBeLessThan(width(100, 1) / 2);
});

it('has a wider interval where a sample of the shard was read', () => {
  const width = (documents: number): number => {
    const shares = sharesOf([60, 30, 10], CLEAR, { documents, seed: 1 });
    return shares.ok ? shares.shares[0]!.high - shares.shares[0]!.low : 0;
  };
  expect(width(100_000)).toBeGreaterThan(width(100));
});

describe('refusals', () => {
  it('has nothing to say without labels', () => {
    expect(sharesOf([0, 0, 0], CLEAR, { documents: 0, seed: 1 })).toMatchObject({ refusal: 'no_documents' });
  });

  it('does not tell apart classes that the model confuses', () => {
    const confused = [
      { trueClass: 0, counts: [50, 50, 0] },
      { trueClass: 1, counts: [49, 51, 0] },
      CLEAR[2]!,
    ];
    expect(sharesOf([50, 40, 10], confused, { documents: 100, seed: 1 })).toMatchObject({
      refusal: 'not_identified',
    });
  });
});

it('covers the true mix in about 95 % of shards of known composition, when sources differ', () => {
  const random = randomNumbers(7);
  const { covered, intervals } = coverage(60, sourcesOf(random), random);
  expect(covered / intervals).toBeGreaterThan(0.9);
});
