import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { canonicalDigest, canonicalJson } from '@tributary/json';
import type { Row, TableRows } from '@tributary/kernel';

/** Questions, answers and tests. The tables are append-only: no test of a family can be left out afterwards. */
export const ledgerProjection: Projection = {
  context: 'attribution',
  /* 2: digests of results are computed. */
  version: 2,
  tables: ['attribution_question', 'attribution_answer', 'attribution_test'],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'attribution.question.asked':
        return { attribution_question: [asked(fact.data, stamp)] };
      case 'attribution.question.answered':
        return { attribution_answer: [answered(fact.data, stamp)] };
      case 'attribution.test.recorded':
        return { attribution_test: [tested(fact.data, stamp)] };
      default:
        return {};
    }
  },
};

const asked = (data: Fact<'attribution.question.asked'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  question_id: data.questionId,
  question: canonicalJson(data.question),
  asked_by: data.askedBy ?? '',
  registered: data.registered ?? false,
});

const answered = (data: Fact<'attribution.question.answered'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  question_id: data.questionId,
  estimator: data.estimator.id,
  estimator_version: data.estimator.version,
  input_position: data.inputPosition,
  result: canonicalJson(data.result),
  /* What is cited is the content: a digest that another program states may be wrong. */
  result_digest: canonicalDigest(data.result),
  evidence: data.evidence ?? [],
});

const tested = (data: Fact<'attribution.test.recorded'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  family_id: data.familyId,
  hypothesis: data.hypothesis,
  question_id: data.questionId ?? '',
  estimator: data.estimator.id,
  estimator_version: data.estimator.version,
  statistic: data.statistic ?? null,
  p_value: data.pValue ?? null,
  input_position: data.inputPosition,
});
