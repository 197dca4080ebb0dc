import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notIdentified } from './effect.ts';
import type { Effect, Identification } from './effect.ts';
import { asOneFamily, familyOf, hypothesisOf } from './family.ts';
import type { RecordedTest } from './recorded-family.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
import { lond, partOfRate } from './statistics/lond.ts';

const IDENTIFICATIONS: readonly Identification[] = [
  'randomised',
  'controlled_ablation',
  'branch_from_checkpoint',
  'phase_change_controlled',
  'phase_change_single_run',
  'observational_adjusted',
  'model_based_influence',
  'associational',
];

function anEffect(pValue: number | null, over: Partial<Effect> = {}): Effect {
  const asked = { slice: 'code', capability: 'skill', displacement: 'proportional' };
  const blank = notIdentified(
    { name: 'e', arms: [], runs: [] },
    asked,
    { id: 'controlled_ablation.welch', version: '1' },
    [],
  );
  return {
    ...blank,
    effect: 1,
    interval: { low: 0.5, high: 1.5, level: 0.95, method: 'welch' },
    pValue,
    verdict: 'inconclusive',
    identification: 'controlled_ablation',
    higherIsBetter: true,
    ...over,
  };
}

const surface = { estimator: { id: 'response_surface', version: '1' } };
const words = (effects: readonly Effect[]) =>
  asOneFamily([effects]).flatMap((answer) =>
    'refusal' in answer ? [] : answer.map((one) => one.interpretation),
  );

describe('the words of an effect', () => {
  it('follow the direction of the outcome', () => {
    const turned = { interval: { low: -1.5, high: -0.5, level: 0.95, method: 'welch' }, effect: -1 };
    expect(words([anEffect(1e-4), anEffect(1e-4, { higherIsBetter: false })])).toEqual(['improves', 'harms']);
    expect(words([anEffect(1e-4, turned), anEffect(1e-4, { ...turned, higherIsBetter: false })])).toEqual([
      'harms',
      'improves',
    ]);
  });

  it('name a cause down to a branch from a checkpoint, and an association below it', () => {
    const said = IDENTIFICATIONS.map((identification) => words([anEffect(1e-4, { identification })])[0]);
    expect(said).toEqual([...Array(3).fill('improves'), ...Array(5).fill('associated_with_better')]);
    const worse = { identification: 'associational', higherIsBetter: false } as const;
    expect(words([anEffect(1e-4, worse)])).toEqual(['associated_with_worse']);
  });

  it('are one word where nothing is decided', () => {
    const wide = { interval: { low: -1, high: 3, level: 0.95, method: 'welch' } };
    const undecided = [anEffect(0.3, wide), anEffect(null, { interval: null }), anEffect(1e-9, wide)];
    expect(words(undecided)).toEqual(['inconclusive', 'inconclusive', 'inconclusive']);
    expect(words([anEffect(null, { verdict: 'not_identified' })])).toEqual(['not_identified']);
  });

  it('come from q values: p = 0.04 among five tests decides nothing, alone it does', () => {
    const five = [0.04, 0.3, 0.5, 0.7, 0.9].map((pValue) => anEffect(pValue));
    expect(words(five)[0]).toBe('inconclusive');
    expect(words(five.slice(0, 1))[0]).toBe('improves');
  });

  it('never say more than the unadjusted test, whatever the family', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (pValues) => {
          const said = words(pValues.map((pValue) => anEffect(pValue)));
          const weak = said.filter((_, index) => pValues[index]! > 0.0501);
          expect(weak.filter((word) => word !== 'inconclusive')).toEqual([]);
        },
      ),
    );
  });
});

describe('the family of a request', () => {
  const effects = [anEffect(0.01), anEffect(0.02, surface), anEffect(null, { verdict: 'not_identified' })];

  it('is every test, by whichever estimator', () => {
    expect(familyOf(effects)).toMatchObject({
      procedure: 'benjamini_hochberg',
      name: null,
      tests: 2,
      earlier: 0,
      text: 'All 2 effects of this request that have a p value, 1 by controlled_ablation and 1 by response_surface: code on skill, displacement proportional. Recorded in no family.',
      hypotheses: [
        'code on skill, proportional, controlled_ablation.welch',
        'code on skill, proportional, response_surface',
      ],
      decisions: [
        { before: 0, foundBefore: 0, pValue: 0.01, level: 0.05, found: false },
        { before: 0, foundBefore: 0, pValue: 0.02, level: 0.05, found: false },
      ],
    });
    expect(familyOf(effects.slice(0, 1)).text).toMatch(
      /^The one effect of this request that has a p value, 1 by/,
    );
    expect(familyOf([])).toMatchObject({ tests: 0, hypotheses: [] });
  });

  it('is the same whether answers were computed together or apart', () => {
    const apart = asOneFamily(effects.flatMap((effect) => asOneFamily([[effect]])));
    expect(apart.flat()).toEqual(asOneFamily([effects]).flat());
  });
});

describe('a recorded family', () => {
  const ofSlice = (slice: string, pValue: number) => {
    const effect = anEffect(pValue);
    return { ...effect, estimand: { ...effect.estimand, slice } };
  };
  const asked = (pValues: readonly number[], name = 'slice') =>
    pValues.map((pValue, index) => ofSlice(`${name}-${index}`, pValue));
  const recordedOf = (effects: readonly Effect[], request = 'r'): RecordedTest[] =>
    effects.map((effect) => ({ hypothesis: hypothesisOf('e', effect), pValue: effect.pValue ?? 1, request }));
  const qValues = (effects: readonly Effect[], tests: readonly RecordedTest[] = []) =>
    asOneFamily([effects], { name: 'f', experiment: 'e', tests }).flatMap((answer) =>
      'refusal' in answer ? [] : answer.map(({ qValue }) => qValue ?? 1),
    );
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const several = fc.array(probability, { minLength: 1, maxLength: 12 });

  it('tests each of several requests after those before it, with what those have found', () => {
    fc.assert(
      fc.property(several, (pValues) => {
        const effects = asked(pValues);
        let found = 0;
        for (const [tests, effect] of effects.entries()) {
          const before = effects.slice(0, tests).flatMap((one, index) => recordedOf([one], `r${index}`));
          const { qValues: expected } = lond([pValues[tests]!], { tests, found });
          expect(qValues([effect], before)).toEqual(expected);
          found += expected[0]! <= 0.025 ? 1 : 0;
        }
      }),
    );
  });

  it('tests what is asked at once as Benjamini and Hochberg do, at the part of the rate that so many have', () => {
    fc.assert(
      fc.property(several, (pValues) => {
        const part = pValues.reduce((sum, _, index) => sum + partOfRate(index + 1), 0);
        const alone = benjaminiHochberg(pValues);
        const corrected = qValues(asked(pValues));
        for (const [index, qValue] of alone.entries())
          expect(corrected[index]! <= 0.05).toBe(Math.min(1, qValue / part) <= 0.05);
      }),
    );
  });

  it('gives a repeated question what it had, whatever was asked since', () => {
    fc.assert(
      fc.property(several, several, several, (first, now, since) => {
        const earlier = recordedOf(asked(first, 'earlier'), 'first');
        const effects = asked(now);
        const tests = [...earlier, ...recordedOf(effects), ...recordedOf(asked(since, 'since'), 'last')];
        const corrected = qValues(effects, earlier);
        expect(qValues(effects, tests)).toEqual(corrected);
        const family = (recorded: readonly RecordedTest[]) =>
          familyOf(effects, { name: 'f', experiment: 'e', tests: recorded });
        expect(family(tests)).toEqual(family(earlier));
      }),
    );
  });

  it('finds no more at a level than get a word, whatever their rates and intervals', () => {
    const level = fc.constantFrom(0.95, 0.975);
    const small = fc.double({ min: 0, max: 0.06, noNaN: true });
    const low = fc.constantFrom(-1, 0.5);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(small, level, low), { minLength: 1, maxLength: 12 }),
        several,
        (now, earlier) => {
          const effects = now.map(([pValue, ofInterval, from], index) => ({
            ...ofSlice(`slice-${index}`, pValue),
            interval: { low: from, high: 1.5, level: ofInterval, method: 'welch' },
          }));
          const recorded = { name: 'f', experiment: 'e', tests: recordedOf(asked(earlier, 'earlier')) };
          const decided = asOneFamily([effects], recorded).flatMap((one) => ('refusal' in one ? [] : one));
          const { decisions } = familyOf(decided, recorded);
          const { foundBefore } = decisions[0]!;
          const words = decisions.filter(({ found }) => found).length;
          const counts = decisions.map((decision, index) => {
            const rate = now[index]![1] === 0.95 ? 0.05 : 0.025;
            const part =
              now.reduce((sum, _, at) => sum + partOfRate(earlier.length + at + 1), 0) / now.length;
            return decision.level / (rate * part) - foundBefore;
          });
          for (const count of counts) expect(count).toBeCloseTo(Math.max(1, words), 9);
          for (const [index, { found, pValue, level: upTo }] of decisions.entries())
            expect({ index, isBeyond: found && pValue > upTo * (1 + 1e-12) }).toEqual({
              index,
              isBeyond: false,
            });
        },
      ),
    );
  });

  it('tests what one request tested at the place of its first hypothesis, whatever was recorded in between', () => {
    fc.assert(
      fc.property(several, several, probability, (one, other, now) => {
        const [first, second] = [recordedOf(asked(one, 'a'), 'one'), recordedOf(asked(other, 'b'), 'two')];
        const effects = [...asked(one, 'a'), ofSlice('new', now)];
        const mixed = [...first.slice(0, 1), ...second, ...first.slice(1)];
        expect(qValues(effects, mixed)).toEqual(qValues(effects, [...first, ...second]));
      }),
    );
  });

  it('counts a hypothesis once, however often it is tested, and by the p value of the request where it is tested again', () => {
    fc.assert(
      fc.property(several, probability, (pValues, before) => {
        const effects = asked(pValues);
        const looks = recordedOf(effects).map((test) => ({ ...test, pValue: before }));
        expect(qValues(effects, looks)).toEqual(qValues(effects));
      }),
    );
  });

  it('never gives a smaller q value for a larger p value of an earlier test', () => {
    fc.assert(
      fc.property(several, several, probability, (now, earlier, raised) => {
        const tests = recordedOf(asked(earlier, 'earlier'));
        const larger = tests.map((test, index) =>
          index === 0 ? { ...test, pValue: Math.max(test.pValue, raised) } : test,
        );
        const [before, after] = [qValues(asked(now), tests), qValues(asked(now), larger)];
        expect(after.filter((qValue, index) => qValue < before[index]!)).toEqual([]);
      }),
    );
  });

  it('says how many tests stand before, at which level each was tested, and whether it was found', () => {
    const [first, second] = [ofSlice('code', 1e-4), ofSlice('math', 0.02)];
    const recorded = { name: 'lab', experiment: 'e', tests: recordedOf([first]) };
    const [corrected] = asOneFamily([[second]], recorded);
    const effects = corrected && !('refusal' in corrected) ? corrected : [];
    expect(familyOf(effects, recorded)).toMatchObject({
      procedure: 'lond',
      name: 'lab',
      tests: 2,
      earlier: 1,
      text: expect.stringContaining('In the order of the family lab, with 1 other test: 2 in all.'),
      hypotheses: ['math on skill, proportional, controlled_ablation.welch'],
      decisions: [{ before: 1, foundBefore: 1, pValue: 0.02, level: 0.05 * 2 * partOfRate(2), found: false }],
    });
    expect(effects).toMatchObject([{ interpretation: 'inconclusive', qValue: 0.02 / (2 * partOfRate(2)) }]);
    const another = { ...recorded, experiment: 'another' };
    expect(familyOf([first], another).tests).toBe(2);
  });

  it('names a hypothesis in at most 1,024 characters, each by its own text', () => {
    const long = (end: string) => hypothesisOf('e'.repeat(1024), ofSlice(end, 0.1));
    expect(long('code').length).toBeLessThan(1024);
    expect(long('code')).not.toBe(long('math'));
  });
});
