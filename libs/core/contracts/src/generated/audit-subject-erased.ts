// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Personal data of a subject was erased by destroying its key.
 */
export interface AuditSubjectErased {
  /**
   * Pseudonymous id of the subject.
   */
  subjectId: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
  /**
   * Second person.
   */
  approvedBy?: string;
}
