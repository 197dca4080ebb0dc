import { RESULT_VERSION } from '@tributary/attribution';
import { isJsonObject } from '@tributary/json';
import { AnswerVerification } from '../generated/schema.ts';
import type { Rerun } from '../generated/schema.ts';
import type { FoundAnswer } from './kept-answer.ts';
import type { KeptRow } from './newest-answer.ts';

/** Answers whose verification is remembered; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/**
 * What is known of recorded answers by their ids. An id is made of the content, and the estimators of a process do not
 * change, so what was found once holds for as long as the process runs.
 */
export type Verifications = {
  of(row: Pick<KeptRow, 'answer_id'>): AnswerVerification;
  remember(row: Pick<KeptRow, 'answer_id'>, verification: AnswerVerification): void;
};

export function rememberedVerifications(): Verifications {
  const known = new Map<string, AnswerVerification>();
  return {
    of: ({ answer_id }) => known.get(answer_id) ?? AnswerVerification.NotChecked,
    remember({ answer_id }, verification) {
      known.delete(answer_id);
      known.set(answer_id, verification);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
  };
}

/**
 * Judges a recorded answer by the same question computed again. Anybody can record an answer, with any estimator and digest;
 * it is verified where result, digest and estimators are those that this version computes from the log. A result of other
 * estimators, or of an earlier form, is neither verified nor shown to be wrong.
 */
export function verificationOf({ row, answer }: FoundAnswer, rerun: Rerun): AnswerVerification {
  if (rerun.refusal !== null) return AnswerVerification.NotComputable;
  const isOfVersion = row.estimator === rerun.estimator && row.estimator_version === rerun.estimatorVersion;
  if (rerun.same && isOfVersion && rerun.resultDigest === row.result_digest)
    return AnswerVerification.Verified;
  const recorded: unknown = JSON.parse(answer.result);
  const hasOtherForm = !isJsonObject(recorded) || recorded['version'] !== RESULT_VERSION;
  return isOfVersion && !hasOtherForm ? AnswerVerification.Differs : AnswerVerification.OtherVersion;
}
