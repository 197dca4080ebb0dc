// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A score turned out to be wrong and must no longer be used.
 */
export interface EvaluationScoreInvalidated {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * The capability that the score stands for.
   */
  capability: string;
  /**
   * The benchmark.
   */
  benchmark: string;
  /**
   * The metric.
   */
  metric: string;
  /**
   * Only at this step; every step where absent.
   */
  step?: number;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who said so.
   */
  actor: string;
}
