// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A hypothesis was tested. The ledger of all tests keeps the family of hypotheses honest.
 */
export interface AttributionTestRecorded {
  /**
   * Hypotheses that are judged together.
   */
  familyId: string;
  /**
   * The hypothesis.
   */
  hypothesis: string;
  /**
   * The question that it belongs to.
   */
  questionId?: string;
  /**
   * What tested it.
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
   * Test statistic.
   */
  statistic?: number;
  /**
   * Two-sided p value.
   */
  pValue?: number;
  /**
   * Log position that it was computed as of.
   */
  inputPosition: string;
}
