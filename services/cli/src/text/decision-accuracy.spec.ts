import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { amountFrom } from '../commands/decision-accuracy.ts';
import { decisionAccuracyAnswer, decisionAccuracyText } from './decision-accuracy.ts';
import type { DecisionAccuracy } from './decision-accuracy.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/decision-accuracy.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const scale = { tokens: null, runs: 3, unit: 'fraction', higherIsBetter: true };
const recipe = (name: string, small: number, target: number, ranks: readonly [number, number]) => ({
  recipe: name,
  small,
  smallRuns: 1,
  smallRank: ranks[0],
  target,
  targetRuns: 1,
  targetRank: ranks[1],
});

const ANSWER: DecisionAccuracy = {
  __typename: 'DecisionAccuracy',
  accuracy: 2 / 3,
  interval: { low: 0.2, high: 0.9, level: 0.95, method: 'Wilson' },
  singleRun: 0.6,
  repeatability: { share: 0.9, pairs: 3 },
  pairs: 3,
  ties: 0,
  picked: 'web',
  best: 'evil\u001B[31m',
  regret: 0.1,
  recipes: [
    recipe('evil\u001B[31m', 0.4, 0.9, [2, 1]),
    recipe('web', 0.5, 0.8, [1, 2]),
    recipe('c4', 0.1, 0.2, [3, 3]),
  ],
  smallScale: { ...scale, parameters: 150_000_000 },
  targetScale: { ...scale, parameters: 1e9, tokens: 2e10 },
  estimator: { id: 'decision_accuracy', version: '1' },
  warnings: [{ code: 'target_not_repeated', text: '3 of 3 recipes have one run' }],
  asOf: { position: '12', time: null },
  complete: true,
  reason: null,
  lag: 0,
  evidence: ['1'],
  evidenceTotal: 1,
};

it('says who decides for whom, how often, what the choice costs, and where each recipe stands', () => {
  const text = decisionAccuracyText(ANSWER);
  expect(text).toMatch(
    /150,000,000 parameters decides as 1,000,000,000 parameters on 20,000,000,000 tokens in 66\.67 % \(20 to 90 %\) of 3 pairs of 3 recipes/,
  );
  expect(text).toMatch(
    /with one small run of each recipe: 60 %\na repetition of the target itself: 90 % of 3 pairs/,
  );
  expect(text).toMatch(/the small scale picks web, the target evil.*: 0\.1 fraction are lost/);
  expect(text).toMatch(/web +0\.8 +2 +1 +0\.5 +1 +1/);
  expect(text).toMatch(/! target_not_repeated/);
  expect(text).not.toContain('\u001B');
  expect([isAnswer(decisionAccuracyAnswer(ANSWER)), isAnswer.errors]).toEqual([true, null]);
});

it('says where both scales choose alike, and leaves out what is not known', () => {
  const text = decisionAccuracyText({
    ...ANSWER,
    picked: 'web',
    best: 'web',
    singleRun: null,
    repeatability: null,
  });
  expect(text).toContain('both put web first');
  expect(text).not.toMatch(/one small run|repetition/);
});

it.each([
  ['150M', 150e6],
  ['1.4b', 1.4e9],
  ['411616256', 411_616_256],
  ['2e10', 2e10],
  ['3T', 3e12],
])('reads %s as a number', (text, value) => {
  expect(amountFrom(text)).toBeCloseTo(value, 3);
});

it.each(['', '0', '-1', 'M', '1.2.3', '1 Q', 'NaN', '1e999'])('refuses %j as a number', (text) => {
  expect(() => amountFrom(text)).toThrow('It is a number above zero');
});
