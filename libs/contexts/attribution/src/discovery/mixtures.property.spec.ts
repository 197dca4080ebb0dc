import { largest } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byMixture } from './mixtures.ts';

const SLICES = ['a', 'b', 'c'] as const;

/** Runs whose shares lie on a grid of .002, finer than the tolerance, so that some form chains. */
const runs = fc
  .array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 40 })
  .map((shares) =>
    shares.map(([a, b], index) => ({
      runId: `run-${String(index).padStart(3, '0')}`,
      shares: { a: 0.2 + a / 500, b: 0.2 + b / 500, c: 0.6 - (a + b) / 500 },
    })),
  );

const idsOf = (parts: readonly (readonly { readonly runId: string }[])[]) =>
  parts.map((part) => part.map(({ runId }) => runId));

it('puts each run in one mixture, whatever their order, with every run of equal shares and none far away', () => {
  fc.assert(
    fc.property(
      runs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const parts = byMixture(all, SLICES);
        expect(idsOf(byMixture(shuffled, SLICES))).toEqual(idsOf(parts));
        expect(idsOf(parts).flat().toSorted()).toEqual(all.map(({ runId }) => runId));
        const mixtureOf = new Map(parts.flatMap((part, at) => part.map((run) => [run, at] as const)));
        const wrong = all.flatMap((one) =>
          all.filter((other) => {
            const gap = largest(SLICES.map((slice) => Math.abs(one.shares[slice] - other.shares[slice])));
            const isTogether = mixtureOf.get(one) === mixtureOf.get(other);
            return (gap === 0 && !isTogether) || (gap > 0.0151 && isTogether);
          }),
        );
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

it('puts the same runs together whatever the order of the slices', () => {
  fc.assert(
    fc.property(runs, fc.shuffledSubarray([...SLICES], { minLength: SLICES.length }), (all, slices) => {
      expect(idsOf(byMixture(all, slices))).toEqual(idsOf(byMixture(all, SLICES)));
    }),
  );
});

it('reads a share a few times, however many runs have a slice of their own', () => {
  const readsOf = (count: number) => {
    let reads = 0;
    const slices = Array.from({ length: count }, (_, index) => `slice-${index}`);
    const own = slices.map((slice, index) => ({
      runId: `run-${index}`,
      get shares() {
        reads += 1;
        return { [slice]: 1 };
      },
    }));
    expect(byMixture(own, slices)).toHaveLength(count);
    return reads;
  };
  const [few, many] = [readsOf(50), readsOf(200)];
  expect(many / few).toBeLessThan(4 * 4 * 1.1);
});
