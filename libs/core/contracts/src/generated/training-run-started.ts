// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A run, or a further attempt of it, started.
 */
export interface TrainingRunStarted {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run this is, from 1. A resumed run is a new attempt.
   */
  attempt: number;
  /**
   * The experiment it belongs to.
   */
  experimentId?: string;
  /**
   * Its arm.
   */
  arm?: string;
  /**
   * The mixture it was told to follow.
   */
  mixtureId?: string;
  /**
   * What is trained.
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
   * The trainer's configuration as it was.
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
   * The code that trained.
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
   * Tokens that the run was given.
   */
  tokenBudget?: number;
  /**
   * The checkpoint it continues or forks from.
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
   * The snapshot that it is trained on.
   */
  snapshotId?: string;
  /**
   * Where its tracker shows it.
   */
  uri?: string;
  /**
   * The attempt and last step that this attempt continues. Later steps of that attempt are superseded.
   */
  resumedFrom?: {
    /**
     * Which start of the run, from 1.
     */
    attempt: number;
    /**
     * Last step that still counts.
     */
    step: number;
  };
  /**
   * The run and step that this run branched off from. It inherits that history.
   */
  forkedFrom?: {
    /**
     * The run. A run keeps its id over restarts.
     */
    runId: string;
    /**
     * Last inherited step.
     */
    step: number;
  };
  /**
   * Whether a secret was taken out of what is shown here.
   */
  redacted?: boolean;
}
