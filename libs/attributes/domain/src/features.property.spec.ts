import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHUNK_CHARACTERS, chunksOf, MOST_CHUNKS } from './chunks.ts';
import { BUCKETS, featuresOf, MOST_FEATURES } from './features.ts';
import { MEASURES, measuresOf } from './measures.ts';

const texts = fc.string({
  unit: fc.constantFrom(...'a Z _ 0 9 ( ) { } $ ; = + . é ∀ λ "'.split(' '), ' ', '\n', '\t', '\\'),
  maxLength: 3000,
});

it('has distinct buckets in order, at most 1,536, and weights of length one, for any text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { ids, weights } = featuresOf(text);
      expect(ids.length).toBeLessThanOrEqual(MOST_FEATURES);
      for (let at = 0; at < ids.length; at++) {
        expect(ids[at]!).toBeGreaterThan(at === 0 ? 0 : ids[at - 1]!);
        expect(ids[at]!).toBeLessThan(BUCKETS);
      }
      const length = weights.reduce((sum, weight) => sum + weight * weight, 0);
      expect(length).toBeCloseTo(1, 4);
    }),
    { numRuns: 60 },
  );
});

it('measures shares between 0 and 1, for any text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shares = measuresOf(text);
      expect(shares).toHaveLength(MEASURES.length);
      for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('reads all of a text of one chunk, and of a longer one parts from its beginning to its end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 400 }), (length, line) => {
      const text = `${'x'.repeat(line)}\n`.repeat(Math.ceil(length / (line + 1))).slice(0, length);
      const chunks = chunksOf(text);
      expect(chunks.length).toBeLessThanOrEqual(MOST_CHUNKS);
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(CHUNK_CHARACTERS);
      expect(text.startsWith(chunks[0]!)).toBe(true);
      expect(text.endsWith(chunks.at(-1)!)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
