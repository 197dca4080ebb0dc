// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An answer, frozen: estimator, input position and result, so that anybody can compute it again.
 */
export interface AttributionQuestionAnswered {
  /**
   * The question.
   */
  questionId: string;
  /**
   * What computed it.
   */
  estimator: {
    /**
     * Id.
     */
    id: string;
    /**
     * Version.
     */
    version: string;
  };
  /**
   * Log position that it was computed as of.
   */
  inputPosition: string;
  /**
   * The result with estimand, displacement, effect, interval, identification, n, warnings and evidence.
   */
  result: {};
  /**
   * SHA-256 of the canonical JSON of result.
   */
  resultDigest: string;
  /**
   * Positions of events behind it.
   *
   * @maxItems 10000
   */
  evidence?: string[];
  /**
   * What it was computed from: kind and id of runs, scores and experiments, such as run:7b-1. Where absent, only evidence says so, by position.
   *
   * @maxItems 10000
   */
  uses?: string[];
}
