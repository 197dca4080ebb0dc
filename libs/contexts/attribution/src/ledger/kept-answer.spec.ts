import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { notIdentified } from '../effect.ts';
import type { Effect } from '../effect.ts';
import { familyOf } from '../family.ts';
import { freezeAnswer, ledgerFacts, questionIdOf, resultDifferences } from './kept-answer.ts';
import type { AnswerToKeep, KeptQuestion } from './kept-answer.ts';

const question: KeptQuestion = {
  experiment: 'lab',
  capabilities: ['skill'],
  slices: null,
  displacement: 'proportional',
  level: 0.95,
  family: 'lab',
};

function anEffect(pValue: number | null, id: string): Effect {
  const asked = { slice: 'code', capability: 'skill', displacement: 'proportional' };
  const blank = notIdentified({ name: 'lab', arms: [], runs: [] }, asked, { id, version: '1' }, []);
  return { ...blank, pValue, evidence: ['3', '4'] };
}

const effects = [anEffect(0.01, 'surface'), anEffect(0.02, 'ablation'), anEffect(null, 'none')];
const answer = (over: Partial<AnswerToKeep> = {}): AnswerToKeep => ({
  experiment: 'lab',
  questions: 1,
  family: familyOf(effects, { name: 'lab', experiment: 'lab', tests: [] }),
  effects,
  complete: true,
  ...over,
});

describe('the facts of a kept answer', () => {
  const facts = ledgerFacts(question, answer(), { inputPosition: '9', evidence: ['3', '4'] });

  it('are the question, the answer and a test for each effect with a p value', () => {
    expect(facts.map(({ type }) => type)).toEqual([
      'attribution.question.asked',
      'attribution.question.answered',
      'attribution.test.recorded',
      'attribution.test.recorded',
    ]);
    expect(facts[1]?.data).toMatchObject({
      questionId: questionIdOf(question),
      estimator: { id: 'ablation+none+surface', version: '1+1+1' },
      inputPosition: '9',
      result: { kind: 'effects', version: 3, experiment: 'lab', complete: true },
      evidence: ['3', '4'],
    });
    expect(facts[3]?.data).toMatchObject({
      familyId: 'lab',
      hypothesis: 'lab: code on skill, proportional, ablation',
      pValue: 0.02,
    });
  });

  it('say who asked where that is known', () => {
    const basis = { inputPosition: '9', evidence: [], askedBy: 'ada' };
    expect(ledgerFacts(question, answer(), basis)[0]?.data).toMatchObject({ askedBy: 'ada' });
    expect(facts[0]?.data).not.toHaveProperty('askedBy');
  });

  it('are facts of the catalogue', () => {
    expect(facts.map(({ type, data }) => checkFact(type, data))).toEqual(facts.map(() => undefined));
  });
});

it('gives equal questions one id, in whichever order their members stand', () => {
  const { experiment, ...rest } = question;
  expect(questionIdOf({ ...rest, experiment })).toBe(questionIdOf(question));
  expect(questionIdOf({ ...question, slices: [] })).not.toBe(questionIdOf(question));
});

it('freezes what JSON does not have as text, and leaves out what is absent', () => {
  const [effect] = effects;
  const unbounded = { ...effect!, minimumDetectableEffect: Infinity, decomposition: undefined };
  const { result } = freezeAnswer(answer({ effects: [unbounded] }));
  expect(result).toMatchObject({ effects: [{ minimumDetectableEffect: 'Infinity' }] });
  expect(JSON.stringify(result)).not.toContain('decomposition');
});

it('names the innermost members that differ by their pointers', () => {
  const kept = { effects: [{ effect: 1, unit: 'bits' }], 'a/b': 1 };
  expect(resultDifferences(kept, kept)).toEqual([]);
  expect(resultDifferences(kept, { effects: [{ effect: 2, unit: 'bits', n: 3 }] })).toEqual([
    { pointer: '/effects/0/effect', kept: '1', now: '2' },
    { pointer: '/effects/0/n', kept: null, now: '3' },
    { pointer: '/a~1b', kept: '1', now: null },
  ]);
  expect(resultDifferences([], {})).toEqual([{ pointer: '', kept: '[]', now: '{}' }]);
});
