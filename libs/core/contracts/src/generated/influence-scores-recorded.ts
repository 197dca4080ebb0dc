// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Estimated influence of training data on a target.
 */
export interface InfluenceScoresRecorded {
  /**
   * The checkpoint.
   */
  checkpointId: string;
  /**
   * The run. A run keeps its id over restarts.
   */
  runId?: string;
  /**
   * What estimated.
   */
  estimator: {
    /**
     * Name, such as ekfac.
     */
    name: string;
    /**
     * Version.
     */
    version?: string;
    /**
     * Damping.
     */
    damping?: number;
  };
  /**
   * What is influenced.
   */
  target: {
    /**
     * Capability.
     */
    capability?: string;
    /**
     * Benchmark.
     */
    benchmark?: string;
    /**
     * Item of the benchmark.
     */
    item?: string;
  };
  /**
   * What a score belongs to.
   */
  level: 'instance' | 'sequence' | 'token' | 'attribute';
  /**
   * What is scored.
   *
   * @minItems 1
   * @maxItems 10000
   */
  refs: string[];
  /**
   * Score of each; null where there is none.
   *
   * @minItems 1
   * @maxItems 10000
   */
  scores: (number | null)[];
  /**
   * How well scores of this estimator predict retraining.
   */
  validity?: {
    /**
     * Measure, such as lds.
     */
    measure: string;
    /**
     * Value.
     */
    value: number;
    /**
     * Retrained subsets.
     */
    subsets?: number;
  };
}
