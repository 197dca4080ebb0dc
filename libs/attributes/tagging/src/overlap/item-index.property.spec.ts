import { randomNumbers } from '@tributary/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FoundItems } from './found-items.ts';
import { ItemIndex } from './item-index.ts';
import { wordsOf } from './words.ts';

const indexOf = (words: number, items: readonly (readonly string[])[]): ItemIndex => {
  const index = new ItemIndex(words);
  for (const [row, texts] of items.entries()) index.add({ row, id: `item ${row}`, texts });
  return index;
};

const gramsOf = (text: string, words: number): string[] => {
  const all = wordsOf(text);
  return all.slice(words - 1).map((_word, at) => all.slice(at, at + words).join(' '));
};

/** Few words, so that texts have n-grams in common. */
const fewWords = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }).map((words) => words.join(' '));

it('finds exactly the n-grams that a comparison of strings finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fewWords, { maxLength: 3 }), { maxLength: 6 }),
      fewWords,
      fc.integer({ min: 1, max: 6 }),
      (items, text, words) => {
        const index = indexOf(words, items);
        const known = items.map((texts) => new Set(texts.flatMap((one) => gramsOf(one, words))));
        const grams = gramsOf(text, words);
        const isKnown = grams.map((gram) => known.some((set) => set.has(gram)));
        const stretches = isKnown.map(String).join(' ').split('false');
        const longest = Math.max(...stretches.map((stretch) => stretch.split('true').length - 1));
        const overlap = index.overlap(text);
        expect(overlap.share).toBe(grams.length === 0 ? 0 : isKnown.filter(Boolean).length / grams.length);
        expect(overlap.longest).toBe(longest === 0 ? 0 : longest + words - 1);
        const found = new FoundItems(index);
        found.add(overlap.grams);
        const expected = known.flatMap((set, item) => {
          const shared = [...set].filter((gram) => grams.includes(gram)).length;
          return shared === 0 ? [] : [[item, shared / set.size]];
        });
        expect(new Map(found.items().map(({ item, share }) => [item, share]))).toEqual(
          new Map(expected as [number, number][]),
        );
      },
    ),
  );
});

const anyWord = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.constantFrom('Straße', 'ΟΔΟΣ', 'ещё', '中', 'naïve', 'हिन्दी'),
);
const anyWords = (minLength: number) => fc.array(anyWord, { minLength, maxLength: 60 });
const gap = fc.constantFrom(' ', '\r\n', '\n\n', ', ', '\t— ', '\0', ' \uD800 ');
const form = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => text.toLowerCase().normalize('NFKC'),
);

it('finds every planted stretch of an item of n words or more, whatever surrounds it', () => {
  fc.assert(
    fc.property(
      anyWords(13),
      fc.nat(),
      fc.nat(),
      fc.tuple(anyWords(0), anyWords(0), gap, gap, form),
      (item, from, more, [before, after, inside, outside, changed]) => {
        const start = from % (item.length - 12);
        const length = 13 + (more % (item.length - start - 12));
        const planted = changed(item.slice(start, start + length).join(inside));
        const text = [before.join(' '), planted, after.join(' ')].join(outside);
        const index = indexOf(13, [[item.join(' ')]]);
        const { longest, grams } = index.overlap(text);
        expect(longest).toBeGreaterThanOrEqual(length);
        const found = new FoundItems(index);
        found.add(grams);
        expect(found.items()).toMatchObject([{ item: 0 }]);
      },
    ),
  );
});

it('finds n-grams in random words as often as chance says', () => {
  const random = randomNumbers(68);
  const words = (count: number): string =>
    Array.from({ length: count }, () => `w${Math.floor(random() * 8)}`).join(' ');
  const index = indexOf(4, [[words(300)]]);
  const expected = index.gramCount / 8 ** 4;
  const texts = 400;
  const shares = Array.from({ length: texts }, () => index.overlap(words(103)).share);
  const mean = shares.reduce((sum, share) => sum + share, 0) / texts;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (texts - 1);
  expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / texts));
});
