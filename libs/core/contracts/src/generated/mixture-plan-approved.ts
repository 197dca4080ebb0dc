// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Somebody other than the decider approved a mixture.
 */
export interface MixturePlanApproved {
  /**
   * The mixture.
   */
  mixtureId: string;
  /**
   * Who approved.
   */
  approvedBy: string;
  /**
   * Remark.
   */
  note?: string;
}
