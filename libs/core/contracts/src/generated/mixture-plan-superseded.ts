// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A mixture was replaced by another one.
 */
export interface MixturePlanSuperseded {
  /**
   * The replaced mixture.
   */
  mixtureId: string;
  /**
   * The mixture that replaces it.
   */
  supersededBy: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who replaced it.
   */
  actor: string;
}
