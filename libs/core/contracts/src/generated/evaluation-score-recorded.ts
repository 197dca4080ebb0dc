// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A checkpoint got a score.
 */
export interface EvaluationScoreRecorded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * The checkpoint.
   */
  checkpointId?: string;
  /**
   * Step of the checkpoint.
   */
  step?: number;
  /**
   * Tokens consumed up to the step.
   */
  tokens?: number;
  /**
   * The capability that the score stands for.
   */
  capability: string;
  /**
   * The benchmark.
   */
  benchmark: string;
  /**
   * Split of the benchmark.
   */
  split?: string;
  /**
   * The metric.
   */
  metric: string;
  /**
   * Version of the metric.
   */
  metricVersion?: string;
  /**
   * Examples in the prompt.
   */
  shots?: number;
  /**
   * SHA-256 in lower-case hexadecimal.
   */
  promptDigest?: string;
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
   * The score.
   */
  value: number;
  /**
   * Standard error over items.
   */
  stderr?: number;
  /**
   * Items scored.
   */
  items?: number;
  /**
   * Unit, such as bits_per_byte, nats, accuracy.
   */
  unit: string;
  /**
   * Whether a larger value is better.
   */
  higherIsBetter: boolean;
  /**
   * Score of guessing.
   */
  randomBaseline?: number;
  /**
   * How the number was counted.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * Filter of the model's output that the metric was taken after.
   */
  filter?: string;
  /**
   * Version of the benchmark's task.
   */
  taskVersion?: string;
  /**
   * Hash over the task's documents and prompts.
   */
  taskHash?: string;
  /**
   * Items or share of items that the harness was limited to; such scores do not compare with full ones.
   */
  limit?: number;
  /**
   * Number format of the weights, such as bfloat16.
   */
  precision?: string;
  /**
   * The evaluation that this score is a part of, where its source gives it an id: one evaluation has many scores.
   */
  evaluationId?: string;
  /**
   * The model as the harness names it.
   */
  modelRef?: string;
  /**
   * When it was evaluated, as its source writes it.
   */
  evaluatedAt?: string;
}
