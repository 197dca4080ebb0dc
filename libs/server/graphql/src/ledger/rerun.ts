import { freezeAnswer, resultDifferences } from '@tributary/attribution';
import { canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type { Rerun } from '../generated/schema.ts';
import { computeAnswer } from './keep-answer.ts';
import type { Answering } from './keep-answer.ts';
import type { FoundAnswer } from './kept-answer.ts';
import { askedQuestion } from './measured-slices.ts';
import type { KeptRow } from './newest-answer.ts';

/** Differences that one rerun lists. */
const LISTED = 100;

/** Computes the question of a recorded answer again, as of the position of that answer, and compares the results. */
export async function rerun(answering: Answering, { row, answer }: FoundAnswer): Promise<Rerun> {
  const question = askedQuestion.safeParse(row.question === '' ? null : JSON.parse(row.question));
  if (!question.success)
    return refusedRerun('What was asked is not recorded as a question that this version can ask.');
  const fresh = await positionOf(answering, row);
  if (!fresh) return refusedRerun(`${row.input_position} is not a position of this log.`);
  const computed = await computeAnswer(answering, question.data, fresh);
  if (!computed.ok) return refusedRerun(computed.text);
  const { result, resultDigest, estimator } = freezeAnswer(computed.toKeep);
  const differences = resultDifferences(JSON.parse(answer.result), result);
  return {
    same: answer.result === canonicalJson(result),
    resultDigest,
    estimator: estimator.id,
    estimatorVersion: estimator.version,
    refusal: null,
    differences: differences.slice(0, LISTED),
    differencesTotal: differences.length,
  };
}

/** The log as of the position of an answer; undefined where this log has no such position. */
async function positionOf(
  { runtime }: Answering,
  { input_position }: KeptRow,
): Promise<Freshness | undefined> {
  try {
    return await freshness(runtime, input_position);
  } catch (error) {
    if (error instanceof Fault && error.code === 'unknown_position') return undefined;
    throw error;
  }
}

const refusedRerun = (refusal: string): Rerun => ({
  same: false,
  resultDigest: null,
  estimator: null,
  estimatorVersion: null,
  refusal,
  differences: [],
  differencesTotal: 0,
});
