// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A run says which dataset it reads.
 */
export interface TrainingInputDeclared {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run, from 1.
   */
  attempt?: number;
  /**
   * What it is read for, such as training or validation.
   */
  context?: string;
  /**
   * The snapshot, where it is registered here.
   */
  snapshotId?: string;
  /**
   * Name of the dataset.
   */
  name: string;
  /**
   * Digest as the tracker gives it.
   */
  digest?: string;
  /**
   * Kind of source.
   */
  sourceType?: string;
  /**
   * Where it comes from, as the tracker writes it.
   */
  source?: string;
  /**
   * Schema as the tracker writes it.
   */
  schema?: string;
  /**
   * Profile as the tracker writes it.
   */
  profile?: string;
  /**
   * Tags of the input.
   */
  tags?: {
    [k: string]: string;
  };
}
