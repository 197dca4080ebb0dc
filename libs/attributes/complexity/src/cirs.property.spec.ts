import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cirsValues } from './cirs.ts';
import type { CodeFeatures } from './features.ts';
import { Moments } from './moments.ts';
import { normaliserFile, normaliserFrom, normaliserId, NormaliserOfCorpus } from './normaliser.ts';

const count = fc.nat({ max: 500 });

const features: fc.Arbitrary<CodeFeatures> = fc.record({
  node_count: count,
  max_depth: count,
  node_types: count,
  n1: count,
  N2: count,
  n2: count,
  cyclomatic: count,
});

const corpora = fc.array(features, { minLength: 1, maxLength: 30 });

function normaliserOf(corpus: readonly CodeFeatures[]): NormaliserOfCorpus {
  const statistics = new NormaliserOfCorpus();
  for (const one of corpus) statistics.add(one);
  return statistics;
}

describe('a normaliser', () => {
  it('is read back from what it is written as, with the same id and the same scores', () => {
    fc.assert(
      fc.property(corpora, features, (corpus, one) => {
        const statistics = normaliserOf(corpus);
        const normaliser = statistics.normaliser();
        for (const file of [statistics.file(), normaliserFile(normaliser)]) {
          const read = normaliserFrom(JSON.parse(JSON.stringify(file)));
          if (!read.ok) throw new Error(read.text);
          expect(normaliserId(read.normaliser)).toBe(normaliserId(normaliser));
          expect(cirsValues(one, read.normaliser)).toEqual(cirsValues(one, normaliser));
        }
      }),
    );
  });

  it('has mean and population deviation as two passes give them', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (numbers) => {
        const moments = new Moments();
        for (const number of numbers) moments.add(number);
        const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
        const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
        expect(moments.mean).toBeCloseTo(mean, 6);
        expect(moments.sd).toBeCloseTo(Math.sqrt(squares / numbers.length), 4);
      }),
    );
  });

  it.each([
    [null, 'it has no mean of node_count'],
    [[], 'it has no mean of node_count'],
    [
      { feature_order: ['node_count'], corpus_mean: [1], corpus_sd_population: [-1] },
      'deviation of node_count',
    ],
    [
      {
        feature_order: ['node_types', 'max_depth', 'node_count'],
        corpus_mean: [1, 2, 3],
        corpus_sd_population: [1, 2, 3],
      },
      'it has no mean of logic',
    ],
  ])('is refused as %j', (json, text) => {
    expect(normaliserFrom(json)).toMatchObject({
      ok: false,
      refusal: 'normaliser_invalid',
      text: expect.stringContaining(text),
    });
  });
});

describe('a score', () => {
  it('lies within 0 and 1, and is the same for every program of a corpus of equal ones', () => {
    fc.assert(
      fc.property(corpora, features, (corpus, one) => {
        const { structure_score, logic_score, cirs } = cirsValues(one, normaliserOf(corpus).normaliser());
        for (const score of [structure_score, logic_score, cirs]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(cirsValues(one, normaliserOf([one, one]).normaliser()).cirs).toBe(0.25);
      }),
    );
  });

  it('does not fall when a feature grows', () => {
    fc.assert(
      fc.property(
        corpora,
        features,
        fc.constantFrom(...(['node_count', 'max_depth', 'node_types', 'cyclomatic'] as const)),
        (corpus, one, name) => {
          const normaliser = normaliserOf(corpus).normaliser();
          const more = { ...one, [name]: one[name] + 1 };
          expect(cirsValues(more, normaliser).cirs).toBeGreaterThanOrEqual(cirsValues(one, normaliser).cirs);
        },
      ),
    );
  });
});
