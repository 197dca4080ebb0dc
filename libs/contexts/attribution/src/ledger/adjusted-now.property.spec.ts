import fc from 'fast-check';
import { expect, it } from 'vitest';
import { notIdentified } from '../effect.ts';
import type { Effect } from '../effect.ts';
import { asOneFamily, familyOf, hypothesisOf } from '../family.ts';
import type { RecordedTest } from '../recorded-family.ts';
import { adjustedNow, familyIn } from './adjusted-now.ts';
import { freezeAnswer } from './kept-answer.ts';

function anEffect(slice: string, pValue: number): Effect {
  const asked = { slice, capability: 'skill', displacement: 'proportional' };
  const blank = notIdentified({ name: 'e', arms: [], runs: [] }, asked, { id: 'welch', version: '1' }, []);
  const interval = { low: 0.5, high: 1.5, level: 0.95, method: 'welch' };
  return { ...blank, effect: 1, interval, pValue, verdict: 'inconclusive', higherIsBetter: true };
}

const effectsOf = (effects: readonly Effect[], tests: readonly RecordedTest[]): readonly Effect[] =>
  asOneFamily([effects], { name: 'f', experiment: 'e', tests }).flatMap((answer) =>
    'refusal' in answer ? [] : answer,
  );

/** The result of a request for one slice after the tests. */
function kept(effect: Effect, tests: readonly RecordedTest[]): unknown {
  const effects = effectsOf([effect], tests);
  const family = familyOf(effects, { name: 'f', experiment: 'e', tests });
  return freezeAnswer({ experiment: 'e', questions: 1, family, effects, complete: true }).result;
}

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const testsOf = (effects: readonly Effect[]): RecordedTest[] =>
  effects.map((effect, index) => ({
    hypothesis: hypothesisOf('e', effect),
    pValue: effect.pValue!,
    request: `r${index}`,
  }));

it('leaves the words of every answer as they were given, however much is asked after it', () => {
  fc.assert(
    fc.property(fc.array(probability, { minLength: 1, maxLength: 10 }), (pValues) => {
      const effects = pValues.map((pValue, index) => anEffect(`slice-${index}`, pValue));
      const tests = testsOf(effects);
      for (const [index, effect] of effects.entries()) {
        const [given] = effectsOf([effect], tests.slice(0, index));
        expect(adjustedNow(kept(effect, tests.slice(0, index)), tests)).toMatchObject({
          tests: pValues.length,
          testsThen: index + 1,
          effects: [{ qValueNow: given!.qValue, interpretationNow: given!.interpretation }],
        });
      }
    }),
  );
});

it('takes a word back that was given as of a position before the tests that stand before it', () => {
  const effect = anEffect('code', 0.02);
  const result = kept(effect, []);
  const others = testsOf(Array.from({ length: 9 }, (_, index) => anEffect(`other-${index}`, 0.5)));
  const tests = [...others, { ...testsOf([effect])[0]!, request: 'late' }];
  expect(adjustedNow(result, tests)).toMatchObject({
    tests: 10,
    testsThen: 1,
    effects: [{ interpretation: 'associated_with_better', interpretationNow: 'inconclusive' }],
  });
});

it('has nothing to say of a result that has no recorded family, or that another program recorded', () => {
  const { family, ...rest } = Object.assign({ family: {} }, kept(anEffect('code', 0.1), []));
  for (const result of [
    null,
    {},
    { effect: 1 },
    { ...rest, family: { ...family, name: null } },
    { ...rest, family, effects: [{}] },
  ]) {
    expect(familyIn(result)).toBeUndefined();
    expect(adjustedNow(result, [])).toBeUndefined();
  }
});
