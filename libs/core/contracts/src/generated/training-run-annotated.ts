// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A run got a name, tags or parameters, was retired or restored. Absent is unchanged; the newest tag counts; a parameter is written once.
 */
export interface TrainingRunAnnotated {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * New name.
   */
  name?: string;
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
