// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A project got another name or tags, was retired or restored. Absent is unchanged.
 */
export interface TrainingProjectAnnotated {
  /**
   * The project.
   */
  projectId: string;
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
   * Whether it is retired from now on.
   */
  retired?: boolean;
  /**
   * Tags that were removed.
   *
   * @maxItems 1000
   */
  removedTags?: string[];
}
