import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { askedQuestions, givenAnswers, recordedTests, testFamilies } from '@tributary/attribution';
import { formatEventPosition } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { evidenceOf, freshness } from '../answer.ts';
import { connectionOf, inLogOrder, positionAfter, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import type {
  AskedQuestion,
  GivenAnswer,
  Query,
  QueryGivenAnswersArgs,
  QueryQuestionsArgs,
  QueryRecordedTestsArgs,
  QueryTestFamiliesArgs,
  RecordedTest,
  TestFamily,
} from '../generated/schema.ts';
import { unknown } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class LedgerResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('questions')
  async questions(@Args() { asOf, ...page }: QueryQuestionsArgs): Promise<Counted<Query['questions']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = {
      question_id: null,
      after: positionAfter(page),
      first: sizeOf(page),
      as_of: fresh.position,
    };
    return connectionOf({ reader, fresh }, askedQuestions, params, { ...inLogOrder, node: questionOf });
  }

  @GraphQuery('givenAnswers')
  async givenAnswers(
    @Args() { question, asOf, ...page }: QueryGivenAnswersArgs,
  ): Promise<Counted<NonNullable<Query['givenAnswers']>>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = {
      question_id: question,
      after: positionAfter(page),
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const connection = await connectionOf({ reader, fresh }, givenAnswers, params, {
      ...inLogOrder,
      node: answerOf,
    });
    const asked = { question_id: question, after: 0, first: 1, as_of: fresh.position };
    if (connection.nodes.length === 0 && (await reader.all(askedQuestions, asked)).length === 0)
      throw unknown('question', question, fresh);
    return { ...connection, question };
  }

  @GraphQuery('testFamilies')
  async testFamilies(
    @Args() { asOf, ...page }: QueryTestFamiliesArgs,
  ): Promise<Counted<Query['testFamilies']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { family_id: null, after: page.after ?? '', first: sizeOf(page), as_of: fresh.position };
    return connectionOf({ reader, fresh }, testFamilies, params, {
      node: familyOf,
      cursor: ({ family_id }) => family_id,
      evidence: ({ first_position, last_position, test_count }) => ({
        positions: [first_position, last_position],
        total: test_count,
      }),
    });
  }

  @GraphQuery('recordedTests')
  async recordedTests(
    @Args() { family, asOf, ...page }: QueryRecordedTestsArgs,
  ): Promise<Counted<NonNullable<Query['recordedTests']>>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = {
      family_id: family,
      after: positionAfter(page),
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const connection = await connectionOf({ reader, fresh }, recordedTests, params, {
      ...inLogOrder,
      node: testOf,
    });
    if (connection.nodes.length === 0 && !page.after) throw unknown('family', family, fresh);
    return { ...connection, family };
  }
}

const questionOf = (row: RowOf<typeof askedQuestions>): AskedQuestion => ({
  id: row.question_id,
  question: row.question,
  askedBy: row.asked_by || null,
  registered: row.registered,
  answers: row.answer_count,
  evidence: evidenceOf([row.evidence]),
});

const answerOf = (row: RowOf<typeof givenAnswers>): GivenAnswer => ({
  estimator: row.estimator,
  estimatorVersion: row.estimator_version,
  inputPosition: row.input_position,
  result: row.result,
  resultDigest: row.result_digest,
  position: formatEventPosition(row.evidence),
  evidence: row.evidence_positions,
});

const familyOf = (row: RowOf<typeof testFamilies>): TestFamily => ({
  id: row.family_id,
  tests: row.test_count,
  hypotheses: row.hypothesis_count,
  smallestPValue: row.smallest_p_value,
  evidence: evidenceOf([row.first_position, row.last_position]),
});

const testOf = (row: RowOf<typeof recordedTests>): RecordedTest => ({
  hypothesis: row.hypothesis,
  question: row.question_id || null,
  estimator: row.estimator,
  estimatorVersion: row.estimator_version,
  statistic: row.statistic,
  pValue: row.p_value,
  inputPosition: row.input_position,
  evidence: evidenceOf([row.evidence]),
});
