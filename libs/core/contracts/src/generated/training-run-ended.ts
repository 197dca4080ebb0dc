// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An attempt of a run ended.
 */
export interface TrainingRunEnded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run this is, from 1. A resumed run is a new attempt.
   */
  attempt: number;
  /**
   * How it ended.
   */
  status: 'completed' | 'failed' | 'stopped';
  /**
   * Last step.
   */
  lastStep?: number;
  /**
   * Tokens consumed.
   */
  tokens?: number;
  /**
   * Why it ended so.
   */
  reason?: string;
}
