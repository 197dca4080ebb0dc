// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * The items behind a score.
 */
export interface EvaluationItemsRecorded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Step of the checkpoint.
   */
  step?: number;
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
   * Version of the metric.
   */
  metricVersion?: string;
  /**
   * The program that scored.
   */
  harness: {
    /**
     * Its name.
     */
    name: string;
    /**
     * Its version.
     */
    version?: string;
  };
  /**
   * Items, the same ids in every run.
   *
   * @minItems 1
   * @maxItems 20000
   */
  itemIds: string[];
  /**
   * One value an item.
   *
   * @minItems 1
   * @maxItems 20000
   */
  values: number[];
  /**
   * Filter of the model's output that the metric was taken after.
   */
  filter?: string;
  /**
   * Hash over the task's documents and prompts.
   */
  taskHash?: string;
  /**
   * Hash of each item's document.
   *
   * @maxItems 10000
   */
  documentHashes?: string[];
  /**
   * Hash of each item's prompt.
   *
   * @maxItems 10000
   */
  promptHashes?: string[];
  /**
   * Hash of each item's target.
   *
   * @maxItems 10000
   */
  targetHashes?: string[];
  /**
   * The checkpoint.
   */
  checkpointId?: string;
  /**
   * Examples in the prompt.
   */
  shots?: number;
  /**
   * Version of the benchmark's task.
   */
  taskVersion?: string;
}
