import fc from 'fast-check';
import { expect, it } from 'vitest';
import { realisedArms } from '../ablation/ablation.ts';
import { shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { attribute } from '../index.ts';
import type { Effect, Experiment } from '../index.ts';
import { random } from '../numerics/random.ts';
import { decompose } from './decomposition.ts';
import { FULL, mixtureOf, swapArms, WEIGHTS } from './swap-arms.fixture.ts';

const asked = { capability: 'math', slice: 'code', displacement: 'proportional', level: 0.95, paired: true };

function effectOf(experiment: Experiment): Effect {
  const answer = attribute(asked, experiment);
  if ('refusal' in answer) throw new Error(answer.text);
  return answer[0]!;
}

/** What is compared besides the mixture does not concern sums and intervals. */
const NO_FACTS: ReadonlyMap<string, string> = new Map();

const design = fc.record({
  swaps: fc.subarray(['code_nl', 'math', 'web']),
  seeds: fc.constantFrom('shared', 'own', 'single'),
  values: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 20, maxLength: 20 }),
});

it('sums to the bundle: own and displaced of each receiver, and all that gave way with the remainder', () => {
  fc.assert(
    fc.property(design, ({ swaps, seeds, values }) => {
      let at = 0;
      const own = (arm: string) =>
        [1, 2, 3].map((seed) => seed + 10 * arm.length + arm.charCodeAt(arm.length - 1) * 100);
      const seedsOf = { shared: () => [1, 2, 3], own, single: () => [1] }[seeds];
      const { decomposition } = effectOf(
        swapArms({ facts: NO_FACTS, swaps, seedsOf, outcome: () => values[at++]! }),
      );
      const { bundle, receivers, remainder } = decomposition!;
      for (const { own: ofSlice, displaced } of receivers.filter((one) => one.own !== null)) {
        expect(ofSlice!.estimate + displaced!.estimate).toBeCloseTo(bundle.estimate, 12);
      }
      const gaveWay = receivers.reduce((sum, part) => sum + (part.gaveWay?.estimate ?? 0), 0);
      expect(gaveWay + remainder.estimate).toBeCloseTo(bundle.estimate, 12);
      expect(receivers.filter((part) => part.own !== null).map(({ receiver }) => receiver)).toEqual(swaps);
    }),
    { seed: 7, numRuns: 50 },
  );
});

/** Curved in mathematics and in code, so that no part is zero. */
const outcome = (shares: Composition) =>
  4 - 2 * Math.sqrt(shareOf(shares, 'math')) + 0.3 * shareOf(shares, 'code') - 0.2 * shareOf(shares, 'web');

const at = (into: string) => outcome(mixtureOf(FULL, { rule: 'swap', into }));
const full = outcome(FULL);
const without = outcome(mixtureOf(FULL, { rule: 'proportional' }));

/** The true parts, by name. */
const TRUTH: ReadonlyMap<string, number> = new Map([
  ...Object.entries(WEIGHTS).flatMap(([into, weight]) => [
    [`own ${into}`, full - at(into)] as const,
    [`displaced ${into}`, at(into) - without] as const,
    [`gave way ${into}`, weight * (full - at(into))] as const,
  ]),
  [
    'remainder',
    Object.entries(WEIGHTS).reduce((sum, [into, weight]) => sum + weight * at(into), 0) - without,
  ],
]);

const REPETITIONS = 500;
/** Bounds of the coverage of 95 % intervals: three binomial errors, and Satterthwaite's t, which covers a little more. */
const [LEAST, MOST] = [0.92, 0.982];

it.each([
  ['blocks of three seeds with an effect of the seed', () => [1, 2, 3], 0.05],
  [
    'four seeds of their own in each arm',
    (arm: string) => [1, 2, 3, 4].map((seed) => seed + 97 * arm.length + arm.charCodeAt(3)),
    0,
  ],
] as const)('covers every part as often as it says: %s', (_what, seedsOf, seedSd) => {
  const generator = random(2026);
  const covered = new Map([...TRUTH.keys()].map((name) => [name, 0]));
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const ofSeed = new Map<number, number>();
    const experiment = swapArms({
      facts: NO_FACTS,
      seedsOf,
      outcome: (shares, _arm, seed) => {
        if (!ofSeed.has(seed)) ofSeed.set(seed, seedSd * generator.normal());
        return outcome(shares) + ofSeed.get(seed)! + 0.02 * generator.normal();
      },
    });
    for (const [name, { low, high }] of intervalsOf(experiment)) {
      const hit = low <= TRUTH.get(name)! && TRUTH.get(name)! <= high;
      covered.set(name, covered.get(name)! + Number(hit));
    }
  }
  const outside = [...covered]
    .map(([name, hits]) => [name, hits / REPETITIONS] as const)
    .filter(([, rate]) => rate < LEAST || rate > MOST);
  expect(outside).toEqual([]);
});

/** The effect without its controls, which the parts do not read. */
const template = effectOf(swapArms({ outcome }));

function intervalsOf(experiment: Experiment): readonly (readonly [string, { low: number; high: number }])[] {
  const arms = realisedArms(experiment, 'math');
  const { receivers, remainder } = decompose(experiment, asked, arms, template)!;
  return [
    ...receivers.flatMap(({ receiver, own, displaced, gaveWay }) => [
      [`own ${receiver}`, own!.interval!] as const,
      [`displaced ${receiver}`, displaced!.interval!] as const,
      [`gave way ${receiver}`, gaveWay!.interval!] as const,
    ]),
    ['remainder', remainder.interval!],
  ];
}
