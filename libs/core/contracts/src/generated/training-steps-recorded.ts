// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Metrics of consecutive recorded steps, one column a metric.
 */
export interface TrainingStepsRecorded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run this is, from 1. A resumed run is a new attempt.
   */
  attempt: number;
  /**
   * Step numbers, ascending.
   *
   * @minItems 1
   * @maxItems 1024
   */
  steps: number[];
  /**
   * Metric name to one value a step. loss, learningRate, gradNorm and tokens are well known; tokens are those of the step, not a running total.
   */
  columns: {
    /**
     * One value a step; null where the value is not finite.
     *
     * @minItems 1
     * @maxItems 1024
     */
    [k: string]: (number | null)[];
  };
  /**
   * What stood where a column has null.
   */
  nonfinite?: {
    /**
     * Values that were not finite.
     *
     * @minItems 1
     * @maxItems 1024
     */
    [k: string]: {
      /**
       * Index into the column.
       */
      index: number;
      /**
       * What it was.
       */
      value: 'nan' | '+inf' | '-inf';
    }[];
  };
}
