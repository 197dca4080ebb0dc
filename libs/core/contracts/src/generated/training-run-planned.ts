// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * What a run is to be, as a configuration says before anything says that it started.
 */
export interface TrainingRunPlanned {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * The mixture it is to follow.
   */
  mixtureId?: string;
  /**
   * What is to be trained.
   */
  model: {
    /**
     * Name.
     */
    name: string;
    /**
     * Parameters.
     */
    parameters?: number;
    /**
     * Short description.
     */
    architecture?: string;
  };
  /**
   * Tokenizer.
   */
  tokenizer?: string;
  /**
   * The trainer's configuration, as it is planned.
   */
  config: {};
  /**
   * Seeds.
   */
  seeds: {
    /**
     * Seed of the initial parameters.
     */
    init?: number;
    /**
     * Seed of the data order.
     */
    dataOrder?: number;
  };
  /**
   * The code that is to train.
   */
  code?: {
    /**
     * Repository.
     */
    repository?: string;
    /**
     * Revision.
     */
    revision?: string;
    /**
     * SHA-256 in lower-case hexadecimal.
     */
    digest?: string;
  };
  /**
   * Tokens that the run is to be given.
   */
  tokenBudget?: number;
  /**
   * The checkpoint it is to continue or fork from.
   */
  parentCheckpointId?: string;
  /**
   * Hardware.
   */
  hardware?: string;
  /**
   * Display name.
   */
  name?: string;
  /**
   * The project it belongs to.
   */
  projectId?: string;
  /**
   * The snapshot that it is to be trained on.
   */
  snapshotId?: string;
  /**
   * Where its tracker shows it.
   */
  uri?: string;
  /**
   * Whether a secret was taken out of what is shown here.
   */
  redacted?: boolean;
}
