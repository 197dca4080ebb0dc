import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { lond, partOfRate } from './lond.ts';
import { familyLaws } from './simulated-families.fixture.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const request = fc.array(probability, { minLength: 1, maxLength: 12 });
const before = fc
  .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .map(([tests, found]) => ({ tests, found: Math.min(tests, found) }));

/** Equation 31 of Javanmard and Montanari 2018, which the package onlineFDR takes where none is given. */
const published = (index: number) =>
  (0.07720838 * Math.log(Math.max(index, 2))) / (index * Math.exp(Math.sqrt(Math.log(index))));

it('has the levels that the package onlineFDR prints for its example', () => {
  const pValues = [
    2.9e-8, 0.06743, 0.01514, 0.08174, 0.00171, 3.6e-5, 0.79149, 0.27201, 0.28295, 7.59e-8, 0.69274, 0.30443,
    0.00136, 0.72342, 0.54757,
  ];
  const levels = [
    0.0026758385, 0.0011638206, 0.0009912499, 0.0008243606, 0.000698887, 0.00060459, 0.0007979166,
    0.0007117838, 0.0006421423, 0.0005847378, 0.0007155186, 0.0006610273, 0.0006141682, 0.0005734509,
    0.0005377472,
  ];
  let found = 0;
  for (const [tests, pValue] of pValues.entries()) {
    const { qValues, levelAt } = lond([pValue], { tests, found }, published);
    expect(levelAt(0.05)).toBeCloseTo(levels[tests]!, 9);
    if (qValues[0]! <= 0.05) found += 1;
  }
  expect(found).toBe(3);
});

describe('a request that is tested in the order of its family', () => {
  it('is tested as Benjamini and Hochberg do, at the part of the rate that its hypotheses have, where nothing was tested before', () => {
    fc.assert(
      fc.property(request, (pValues) => {
        const part = pValues.reduce((sum, _, index) => sum + partOfRate(index + 1), 0);
        const { qValues } = lond(pValues, { tests: 0, found: 0 });
        for (const [index, pValue] of benjaminiHochberg(pValues.map((one) => one / part)).entries())
          expect(qValues[index]).toBeCloseTo(pValue, 12);
      }),
    );
  });

  it('finds what has a p value up to its level, and never more than a test that stands alone', () => {
    fc.assert(
      fc.property(request, before, fc.constantFrom(0.025, 0.05, 0.1), (pValues, earlier, rate) => {
        const { qValues, levelAt } = lond(pValues, earlier);
        const level = levelAt(rate);
        for (const [index, pValue] of pValues.entries()) {
          const isBorderline = Math.abs(pValue - level) < 1e-15;
          expect(isBorderline || qValues[index]! <= rate === pValue < level).toBe(true);
          expect(qValues[index]).toBeGreaterThanOrEqual(pValue * (1 - 1e-12));
        }
      }),
    );
  });

  it('finds more where more was found before, and less where more was tested', () => {
    fc.assert(
      fc.property(request, before, (pValues, { tests, found }) => {
        const now = lond(pValues, { tests, found }).qValues;
        const afterAFind = lond(pValues, { tests: tests + 1, found: found + 1 }).qValues;
        const afterOthers = lond(pValues, { tests: tests + 1, found }).qValues;
        const moreFound = lond(pValues, { tests, found: found + 1 }).qValues;
        for (const [index, qValue] of now.entries()) {
          expect(afterOthers[index]).toBeGreaterThanOrEqual(qValue);
          expect(moreFound[index]).toBeLessThanOrEqual(qValue);
          expect(afterAFind[index]).toBeLessThanOrEqual(afterOthers[index]!);
        }
      }),
    );
  });

  it('never spends more than the rate, however many hypotheses there are', () => {
    let spent = 0;
    for (let index = 1; index <= 100_000; index++) spent += partOfRate(index);
    expect(spent).toBeGreaterThan(0.99);
    expect(spent).toBeLessThan(1);
    expect(() => lond([Number.NaN], { tests: 0, found: 0 })).toThrow(/NaN/);
  });
});

const REPETITIONS = 100;
/** Two standard errors of a mean share of this size. The release tier repeats these often enough to need none. */
const slack = 2 * Math.sqrt((0.055 * 0.945) / REPETITIONS);

describe.each([
  [8, true],
  [5, false],
])('sixty questions, one after the other, with %i seeds an arm, the same in both: %s', (seeds, blocked) => {
  const of = { slices: 6, capabilities: 10, seeds, blocked, together: 2 };
  const asked = { generator: random(40 + seeds), repetitions: REPETITIONS };

  it('hardly ever give a word where there is no effect; each for itself they would', () => {
    const none = { ...of, real: 0, size: 0 };
    const laws = familyLaws(none, { ...asked, rules: ['inOrder', 'eachAlone'] });
    expect(laws.inOrder.falseDiscoveries).toBeLessThanOrEqual(0.055 + slack);
    expect(laws.eachAlone.falseDiscoveries).toBeGreaterThan(0.5);
  });

  it('hold the rate of wrong words where three of ten effects are real, and find most of those', () => {
    const laws = familyLaws({ ...of, real: 0.3, size: 5 }, { ...asked, rules: ['inOrder'] });
    expect(laws.inOrder.falseDiscoveries).toBeLessThanOrEqual(0.055 + slack);
    expect(laws.inOrder.power).toBeGreaterThan(0.5);
  });
});
