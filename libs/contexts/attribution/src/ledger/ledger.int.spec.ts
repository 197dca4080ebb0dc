import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ledgerProjection } from './projection.ts';
import {
  askedQuestions,
  givenAnswers,
  keptAnswers,
  recordedTests,
  testedHypotheses,
  testFamilies,
} from './queries.ts';

const estimator = { id: 'arm-contrast', version: '1' };
const asked = (questionId: string, question: object) =>
  aFact('attribution.question.asked', { questionId, question: { ...question }, registered: true });
const answered = (effect: number) =>
  aFact('attribution.question.answered', {
    questionId: 'q',
    estimator,
    inputPosition: '9',
    result: { effect },
    resultDigest: `${effect}`,
    evidence: ['3', '4'],
  });
const tested = (familyId: string, hypothesis: string, pValue?: number) =>
  aFact('attribution.test.recorded', {
    familyId,
    hypothesis,
    estimator,
    ...(pValue === undefined ? {} : { pValue }),
    inputPosition: '9',
  });

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, ledgerProjection, [
    asked('q', { b: 1, a: 2 }),
    answered(0.1),
    asked('q', { b: 'changed afterwards' }),
    answered(0.2),
    tested('f', 'code helps', 0.2),
    tested('f', 'code helps', 0.04),
    tested('f', 'math helps'),
    tested('g', 'prose helps'),
    asked('unanswered', {}),
  ]);
});
afterAll(() => runtime.remove());
const page = { after: 0, first: 10, as_of: [9] };

it('keeps a question as it was first asked, and counts its answers', async () => {
  const questions = await runtime.engine.reader.all(askedQuestions, { ...page, question_id: null });
  expect(questions).toMatchObject([
    { question_id: 'q', question: '{"a":2,"b":1}', registered: true, answer_count: 2, evidence: 1 },
    { question_id: 'unanswered', answer_count: 0, evidence: 9 },
  ]);
});

it('keeps every answer', async () => {
  const answers = (as_of: number, after = 0) =>
    runtime.engine.reader.all(givenAnswers, { question_id: 'q', after, first: 10, as_of: [as_of] });
  expect(await answers(9)).toMatchObject([
    { result: '{"effect":0.1}', estimator: 'arm-contrast', evidence_positions: ['3', '4'], evidence: 2 },
    { result: '{"effect":0.2}', evidence: 4 },
  ]);
  expect(await answers(3)).toHaveLength(1);
  expect(await answers(9, 2)).toMatchObject([{ evidence: 4 }]);
});

it('counts every test of a family, also repeated ones and those without a p value', async () => {
  const families = await runtime.engine.reader.all(testFamilies, { ...page, after: '', family_id: null });
  expect(families).toEqual([
    {
      family_id: 'f',
      test_count: 3,
      hypothesis_count: 2,
      smallest_p_value: 0.04,
      first_position: 5,
      last_position: 7,
    },
    {
      family_id: 'g',
      test_count: 1,
      hypothesis_count: 1,
      smallest_p_value: null,
      first_position: 8,
      last_position: 8,
    },
  ]);
});

it('gives the tests of a family as of a position', async () => {
  const tests = await runtime.engine.reader.all(recordedTests, { ...page, family_id: 'f', as_of: [6] });
  expect(tests.map(({ hypothesis, p_value }) => [hypothesis, p_value])).toEqual([
    ['code helps', 0.2],
    ['code helps', 0.04],
  ]);
});

it('counts a hypothesis of a family where it was first tested, by its largest p value, and not where it has none', async () => {
  const testedBy = (as_of: number) =>
    runtime.engine.reader.all(testedHypotheses, { family_id: 'f', as_of: [as_of] });
  expect(await testedBy(9)).toMatchObject([{ hypothesis: 'code helps', largest_p_value: 0.2 }]);
  expect(await testedBy(4)).toEqual([]);
});

it('gives answers that differ in one part different ids, and finds them by the beginning', async () => {
  const all = { ...page, prefix: '', experiment_id: null, question_ids: [] };
  const answers = await runtime.engine.reader.all(keptAnswers, all);
  const ids = answers.map(({ answer_id }) => answer_id);
  expect(new Set(ids).size).toBe(2);
  const prefix = ids[1]?.slice(0, 8) ?? '';
  expect(await runtime.engine.reader.all(keptAnswers, { ...all, prefix })).toEqual(answers.slice(1));
  expect(await runtime.engine.reader.all(keptAnswers, { ...all, question_ids: ['none'] })).toEqual([]);
});
