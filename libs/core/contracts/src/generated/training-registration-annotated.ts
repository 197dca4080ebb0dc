// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A name in a registry of models was registered, or got a description, tags or aliases of its versions. Absent is unchanged.
 */
export interface TrainingRegistrationAnnotated {
  /**
   * Name in the registry.
   */
  name: string;
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
   * Aliases that were set, each with the number of its version.
   */
  aliases?: {
    /**
     * Number of the version, from 1.
     */
    [k: string]: number;
  };
  /**
   * Aliases that were removed.
   *
   * @maxItems 1000
   */
  removedAliases?: string[];
  /**
   * Whether it is retired from now on.
   */
  retired?: boolean;
}
