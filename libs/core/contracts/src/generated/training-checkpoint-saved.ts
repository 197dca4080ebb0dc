// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * The parameters of a run were saved.
 */
export interface TrainingCheckpointSaved {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run this is, from 1. A resumed run is a new attempt.
   */
  attempt: number;
  /**
   * The checkpoint.
   */
  checkpointId: string;
  /**
   * Step.
   */
  step: number;
  /**
   * Tokens consumed up to the step.
   */
  tokens?: number;
  /**
   * Where it is.
   */
  uri?: string;
  /**
   * SHA-256 in lower-case hexadecimal.
   */
  digest?: string;
  /**
   * Bytes.
   */
  bytes?: number;
  /**
   * How the number was counted.
   */
  tokensMethod?: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * Stage of the training, such as stage2.
   */
  stage?: string;
  /**
   * Checkpoints that it was merged from.
   *
   * @maxItems 1000
   */
  parents?: string[];
}
