import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { askedQuestions, givenAnswers, recordedTests, testFamilies } from '@tributary/attribution';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import { afterPosition, nextOf, pageSize } from './page.ts';

type Page = { first: number; after?: string; asOf?: string };

@Resolver()
export class LedgerResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('questions')
  async questions(@Args() { first, after, asOf }: Page) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { question_id: null, ...pageOf(first, after), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(askedQuestions, params);
    const questions = rows.map(({ question_id, question, asked_by, registered, answer_count, evidence }) => ({
      id: question_id,
      question,
      askedBy: asked_by || null,
      registered,
      answers: answer_count,
      evidence: evidenceOf([evidence]),
    }));
    return { ...fresh, questions, next: nextOf(rows, first, ({ evidence }) => evidence) };
  }

  @Query('givenAnswers')
  async givenAnswers(@Args() { question, first, after, asOf }: Page & { question: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { question_id: question, ...pageOf(first, after), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(givenAnswers, params);
    const answers = rows.map((row) => ({
      estimator: row.estimator,
      estimatorVersion: row.estimator_version,
      inputPosition: row.input_position,
      result: row.result,
      resultDigest: row.result_digest,
      position: String(row.evidence),
      evidence: row.evidence_positions,
    }));
    return { ...fresh, question, answers, next: nextOf(rows, first, ({ evidence }) => evidence) };
  }

  @Query('testFamilies')
  async testFamilies(@Args() { first, after, asOf }: Page) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { family_id: null, after: after ?? '', first: pageSize(first), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(testFamilies, params);
    const families = rows.map((row) => ({
      id: row.family_id,
      tests: row.test_count,
      hypotheses: row.hypothesis_count,
      smallestPValue: row.smallest_p_value,
      evidence: evidenceOf([...new Set([row.first_position, row.last_position])]),
    }));
    return { ...fresh, families, next: nextOf(rows, first, ({ family_id }) => family_id) };
  }

  @Query('recordedTests')
  async recordedTests(@Args() { family, first, after, asOf }: Page & { family: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { family_id: family, ...pageOf(first, after), as_of: fresh.places };
    const rows = await this.#runtime.engine.reader.all(recordedTests, params);
    const tests = rows.map((row) => ({
      hypothesis: row.hypothesis,
      question: row.question_id || null,
      estimator: row.estimator,
      estimatorVersion: row.estimator_version,
      statistic: row.statistic,
      pValue: row.p_value,
      inputPosition: row.input_position,
      evidence: evidenceOf([row.evidence]),
    }));
    return { ...fresh, family, tests, next: nextOf(rows, first, ({ evidence }) => evidence) };
  }
}

const pageOf = (first: number, after: string | undefined) => ({
  after: afterPosition(after),
  first: pageSize(first),
});
