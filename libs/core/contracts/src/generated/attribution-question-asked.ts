// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Somebody asked which data caused a change.
 */
export interface AttributionQuestionAsked {
  /**
   * The question.
   */
  questionId: string;
  /**
   * The question.
   */
  question: {};
  /**
   * Who asked.
   */
  askedBy?: string;
  /**
   * Whether it was written down before its outcome could be seen.
   */
  registered?: boolean;
}
