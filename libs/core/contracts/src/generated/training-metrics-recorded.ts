// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Points of named metrics as a tracker keeps them: any number of values may share a key and step.
 */
export interface TrainingMetricsRecorded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run, from 1.
   */
  attempt?: number;
  /**
   * Key of each point.
   *
   * @minItems 1
   * @maxItems 10000
   */
  keys: string[];
  /**
   * Step of each point; may be fractional or negative; null where the source gives none.
   *
   * @minItems 1
   * @maxItems 10000
   */
  steps: (number | null)[];
  /**
   * Time of each point in microseconds since 1970; null where the source gives none.
   *
   * @minItems 1
   * @maxItems 10000
   */
  times: (number | null)[];
  /**
   * Value of each point; null where it is not finite or missing.
   *
   * @minItems 1
   * @maxItems 10000
   */
  values: (number | null)[];
  /**
   * Values that JSON cannot hold; each stands as null.
   *
   * @maxItems 10000
   */
  nonfinite?: {
    /**
     * Place in the column.
     */
    index: number;
    /**
     * What stood there.
     */
    value: 'nan' | '+inf' | '-inf';
  }[];
  /**
   * How the number was counted.
   */
  method?: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * The saved model that the points belong to.
   */
  modelId?: string;
  /**
   * Name of the dataset that they were measured on.
   */
  datasetName?: string;
  /**
   * Its digest as the tracker gives it.
   */
  datasetDigest?: string;
}
