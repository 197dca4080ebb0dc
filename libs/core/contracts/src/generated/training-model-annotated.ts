// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A saved model, as a tracker keeps it apart from its run, was registered or got a status, tags or parameters. Absent is unchanged; a parameter is written once.
 */
export interface TrainingModelAnnotated {
  /**
   * The model. A checkpoint of the same id is its parameters.
   */
  modelId: string;
  /**
   * The project it belongs to.
   */
  projectId?: string;
  /**
   * The run that made it.
   */
  runId?: string;
  /**
   * Name.
   */
  name?: string;
  /**
   * What kind of model it is.
   */
  modelType?: string;
  /**
   * Whether it can be used.
   */
  status?: 'pending' | 'ready' | 'failed';
  /**
   * Tags that were set.
   */
  tags?: {
    [k: string]: string;
  };
  /**
   * Tags that were removed.
   *
   * @maxItems 1000
   */
  removedTags?: string[];
  /**
   * Parameters.
   */
  params?: {
    [k: string]: string;
  };
  /**
   * Whether it is retired from now on.
   */
  retired?: boolean;
}
