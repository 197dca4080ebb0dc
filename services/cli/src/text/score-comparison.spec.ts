import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { scoreComparisonText } from './score-comparison.ts';
import type { ScoreComparison } from './score-comparison.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/score-comparison.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const taken = { step: 1200, tokens: null, checkpoint: 'ck', value: 0.5, stderr: 0.012_345, evidence: '3' };
const named = { capability: 'code', benchmark: 'web\u001b[2J', metric: 'acc', unit: 'accuracy' };
const pair: ScoreComparison['compared'][number] = {
  first: { ...taken, ...named, higherIsBetter: true, harness: 'h 1' },
  second: { ...taken, step: null, value: 0.75, stderr: null, evidence: '4' },
  difference: 0.25,
  unrecorded: ['shots'],
};
const score = { ...taken, ...named, run: 'b', stderr: null };
const excluded = { differences: [], invalidation: null, supersededAttempt: null };
const answer: ScoreComparison = {
  run: 'a',
  otherRun: 'b',
  compared: [pair, { ...pair, unrecorded: ['shots', 'split'] }],
  excluded: [
    {
      ...excluded,
      score: { ...score, run: 'a' },
      why: 'settings_differ',
      differences: [{ setting: 'shots', own: '5', other: null }],
    },
    {
      ...excluded,
      score,
      why: 'invalidated',
      invalidation: { reason: 'a leak', actor: 'grace', evidence: '9' },
    },
    { ...excluded, score, why: 'superseded', supersededAttempt: 1 },
  ],
  asOf: { position: '9', time: null },
  complete: true,
  reason: null,
  lag: 0,
  evidence: ['3', '4', '9'],
  evidenceTotal: 3,
};

it('is an answer of its schema', () => {
  expect(isAnswer(answer)).toBe(true);
});

it('prints pairs, what neither records and why others cannot be compared, and no control character of a name', () => {
  expect(scoreComparisonText(answer, 2).split('\n')).toEqual([
    'first: a',
    'second: b',
    '',
    '2 pairs of scores that can be compared',
    'capability  benchmark        step          first  second  difference  metric',
    'code        web\uFFFD[2J    1,200, end  0.5 ± 0.01235    0.75       +0.25  acc (accuracy), higher is better',
    'code        web\uFFFD[2J    1,200, end  0.5 ± 0.01235    0.75       +0.25  acc (accuracy), higher is better',
    'not recorded of both scores, so not known to be equal: shots, split (1 pair)',
    '',
    '3 scores that cannot',
    'run     capability  benchmark   step  score  why',
    'first   code        web\uFFFD[2J    1,200    0.5  measured in another way: shots 5, there (not recorded)',
    'second  code        web\uFFFD[2J    1,200    0.5  invalidated by grace: a leak',
    'and 1 score more (--first, --json)',
    '',
    'as of position 9, complete',
  ]);
});

it('leaves out a table without rows', () => {
  expect(scoreComparisonText({ ...answer, compared: [], excluded: [] }, 20).split('\n')).toEqual([
    'first: a',
    'second: b',
    '',
    '0 pairs of scores that can be compared',
    '',
    '0 scores that cannot',
    '',
    'as of position 9, complete',
  ]);
});
