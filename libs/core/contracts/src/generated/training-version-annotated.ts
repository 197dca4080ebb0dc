// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A version of a name in a registry of models was registered, or got a description or tags. Absent is unchanged.
 */
export interface TrainingVersionAnnotated {
  /**
   * Name in the registry.
   */
  name: string;
  /**
   * Number of the version, from 1.
   */
  version: number;
  /**
   * Where the files of the version are.
   */
  source?: string;
  /**
   * The run that made it.
   */
  runId?: string;
  /**
   * Address of that run in another tracker.
   */
  runLink?: string;
  /**
   * The saved model that it is.
   */
  modelId?: string;
  /**
   * What it is.
   */
  description?: string;
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
   * Whether it is retired from now on.
   */
  retired?: boolean;
}
