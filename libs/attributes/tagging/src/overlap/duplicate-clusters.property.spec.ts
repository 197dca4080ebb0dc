import { randomNumbers } from '@tributary/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DuplicateClusters } from './duplicate-clusters.ts';
import { MinHash, similarityOf } from './min-hash.ts';

const OPTIONS = { bands: 14, rows: 8, words: 5, seed: 1 };

function clustersOf(texts: readonly (readonly string[])[], options = OPTIONS) {
  const documents = new DuplicateClusters(options);
  for (const words of texts) documents.add(words);
  const clusters = documents.clusters();
  return { documents, of: (document: number) => clusters.get(documents.clusterOf(document))! };
}

/** Two sets of words, of which `shared` are the same and so many others are in one of them each. */
function pairOf(shared: number, own: number, name: string): [string[], string[]] {
  const both = Array.from({ length: shared }, (_none, at) => `${name} ${at}`);
  const only = (side: string) => Array.from({ length: own }, (_none, at) => `${name} ${side} ${at}`);
  return [
    [...both, ...only('left')],
    [...both, ...only('right')],
  ];
}

const mutated = fc
  .array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 9 }), { maxLength: 25 })
  .chain((texts) =>
    fc.tuple(
      fc.constant(texts),
      fc.shuffledSubarray(
        texts.map((_text, at) => at),
        { minLength: texts.length },
      ),
    ),
  );

it('has the same clusters in every order of the documents', () => {
  fc.assert(
    fc.property(mutated, ([texts, order]) => {
      const options = { ...OPTIONS, bands: 6, rows: 2, words: 2 };
      const straight = clustersOf(texts, options);
      const shuffled = clustersOf(
        order.map((at) => texts[at]!),
        options,
      );
      for (const [at, document] of order.entries()) {
        const { first: _first, ...cluster } = straight.of(document);
        expect(shuffled.of(at)).toMatchObject(cluster);
      }
    }),
  );
});

it('has every exact copy in the cluster of its original, which comes first, and counts all of them', () => {
  fc.assert(
    fc.property(mutated, ([texts]) => {
      const { documents, of } = clustersOf(texts);
      const sizes = new Map<string, number>();
      for (const [document, words] of texts.entries()) {
        const original = texts.findIndex((other) => other.join(' ') === words.join(' '));
        const cluster = of(document);
        expect(cluster).toEqual(of(original));
        expect(documents.isRepeated(document)).toBe(original !== document);
        expect(documents.similarity(document, original)).toEqual({ similarity: 1, error: 0 });
        expect(cluster.first).toBeLessThanOrEqual(document);
        sizes.set(cluster.id, (sizes.get(cluster.id) ?? 0) + 1);
      }
      for (const document of texts.keys()) expect(of(document).size).toBe(sizes.get(of(document).id));
    }),
  );
});

it('estimates the similarity of two texts without bias, with the error that it states, whichever comes first', () => {
  for (const [shared, own] of [
    [10, 45],
    [50, 25],
    [90, 5],
  ] as const) {
    const truth = shared / (shared + 2 * own);
    const errors = Array.from({ length: 120 }, (_none, at) => {
      const minHash = new MinHash({ hashes: 112, words: 1, seed: at });
      const [left, right] = pairOf(shared, own, String(at)).map((words) => minHash.signature(words));
      const { similarity } = similarityOf(left!, right!);
      expect(similarityOf(right!, left!).similarity).toBe(similarity);
      return similarity - truth;
    });
    const stated = Math.sqrt((truth * (1 - truth)) / 112);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan((4 * stated) / Math.sqrt(errors.length));
    expect(spread / stated).toBeGreaterThan(0.7);
    expect(spread / stated).toBeLessThan(1.3);
  }
});

it('finds planted pairs as often as the curve of its bands says', () => {
  for (const [shared, own] of [
    [90, 5],
    [80, 10],
    [70, 15],
    [50, 25],
  ] as const) {
    const truth = shared / (shared + 2 * own);
    const expected = 1 - (1 - truth ** 8) ** 14;
    const pairs = 200;
    const texts = Array.from({ length: pairs }, (_none, at) => pairOf(shared, own, String(at))).flat();
    const { of } = clustersOf(texts, { ...OPTIONS, words: 1 });
    let found = 0;
    for (let pair = 0; pair < pairs; pair++) found += of(2 * pair) === of(2 * pair + 1) ? 1 : 0;
    const error = Math.sqrt((expected * (1 - expected)) / pairs);
    expect(Math.abs(found / pairs - expected)).toBeLessThanOrEqual(4 * error + 1 / pairs);
  }
});

it('joins no texts of random words', () => {
  const random = randomNumbers(68);
  const texts = Array.from({ length: 300 }, () =>
    Array.from({ length: 40 }, () => `w${Math.floor(random() * 500)}`),
  );
  const { of } = clustersOf(texts);
  expect(texts.map((_text, document) => of(document).size)).toEqual(texts.map(() => 1));
});
