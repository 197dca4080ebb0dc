import { query } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { z } from 'zod';
import type { RecordedTest } from '../recorded-family.ts';

/** The folder whose `queries` hold this package's SQL. */
const SOURCE = new URL('..', import.meta.url).href;

const count = z.coerce.number();
/** Most answers that are read at once; further ones are read in further pages. */
export const MOST_ANSWERS = 100_000;

const first = z.int().min(1).max(MOST_ANSWERS);
const as_of = z.array(z.number());

/** Questions in the order in which they were asked. */
export const askedQuestions = query(SOURCE, 'asked-questions', {
  params: z.object({ question_id: z.string().nullable(), after: z.number(), first, as_of }),
  row: z.object({
    question_id: z.string(),
    question: z.string(),
    asked_by: z.string(),
    registered: z.boolean(),
    answer_count: count,
    evidence: count,
  }),
});

/** Answers to a question, by position. */
export const givenAnswers = query(SOURCE, 'given-answers', {
  params: z.object({ question_id: z.string(), after: z.number(), first, as_of }),
  row: z.object({
    question_id: z.string(),
    estimator: z.string(),
    estimator_version: z.string(),
    input_position: z.string(),
    result: z.string(),
    result_digest: z.string(),
    evidence_positions: z.array(z.string()),
    evidence: count,
  }),
});

/** Tests of a family, by position. */
export const recordedTests = query(SOURCE, 'recorded-tests', {
  params: z.object({ family_id: z.string(), after: z.number(), first, as_of }),
  row: z.object({
    family_id: z.string(),
    hypothesis: z.string(),
    question_id: z.string(),
    estimator: z.string(),
    estimator_version: z.string(),
    statistic: z.number().nullable(),
    p_value: z.number().nullable(),
    input_position: z.string(),
    evidence: count,
  }),
});

/** Tests and distinct hypotheses of each family: the counts that a correction for multiple testing needs. */
export const testFamilies = query(SOURCE, 'test-families', {
  params: z.object({ family_id: z.string().nullable(), after: z.string(), first, as_of }),
  row: z.object({
    family_id: z.string(),
    test_count: count,
    hypothesis_count: count,
    smallest_p_value: z.number().nullable(),
    first_position: count,
    last_position: count,
  }),
});

/**
 * Hypotheses of a family in the order in which they were first tested, with the question and the position of the input of that
 * test, and the largest p value of each: a further test of one can only raise what counts for it.
 */
export const testedHypotheses = query(SOURCE, 'tested-hypotheses', {
  params: z.object({ family_id: z.string(), as_of }),
  row: z.object({
    hypothesis: z.string(),
    largest_p_value: z.number(),
    first_question: z.string(),
    first_input: z.string(),
    first_position: count,
  }),
});

/** A hypothesis in the order of its family. Tests of one question from one position were made together. */
export const recordedTestOf = (row: RowOf<typeof testedHypotheses>): RecordedTest => ({
  hypothesis: row.hypothesis,
  pValue: row.largest_p_value,
  request:
    row.first_question === '' ? String(row.first_position) : `${row.first_question}\n${row.first_input}`,
});

/** How many other hypotheses were tested in a family between the position `since` of the log and the event `before`. */
export const testsBetween = query(SOURCE, 'tests-between', {
  params: z.object({
    family_id: z.string(),
    own: z.array(z.string()),
    since: as_of,
    before: z.number(),
  }),
  row: z.object({ hypotheses: count }),
});

/** Recorded answers by the beginning of their id, by experiment or by questions, in the order of the log. */
export const keptAnswers = query(SOURCE, 'kept-answers', {
  params: z.object({
    prefix: z.string(),
    experiment_id: z.string().nullable(),
    question_ids: z.array(z.string()),
    after: z.number(),
    first,
    as_of,
  }),
  row: z.object({
    answer_id: z.string(),
    question_id: z.string(),
    question: z.string(),
    estimator: z.string(),
    estimator_version: z.string(),
    input_position: z.string(),
    result_digest: z.string(),
    evidence: count,
  }),
});

/** Effects that one reading of answers returns; of more, answers say that they are incomplete. */
export const MAX_EFFECTS = 100_000;

/** Effects of recorded answers by capability, in the order of the log, without their values. */
export const effectsInAnswers = query(SOURCE, 'effects-in-answers', {
  params: z.object({ capabilities: z.array(z.string()), as_of }),
  row: z.object({
    answer_id: z.string(),
    input_position: z.string(),
    /** Empty where only the answer is recorded. */
    question: z.string(),
    experiment_id: z.string(),
    slice: z.string(),
    capability: z.string(),
    estimand: z.string(),
    displacement: z.string(),
    estimator: z.string(),
    evidence: count,
  }),
});

/** Events after the position `since` of the log that correct one of the events at `positions`. */
export const correctionsOf = query(SOURCE, 'corrections-of', {
  params: z.object({ positions: z.array(z.number()), since: as_of, as_of }),
  row: z.object({
    changed: count,
    type: z.string(),
    reason: z.string(),
    actor: z.string(),
    evidence: count,
  }),
});
