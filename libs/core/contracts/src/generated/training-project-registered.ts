// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A project groups runs, as an experiment does in a tracker.
 */
export interface TrainingProjectRegistered {
  /**
   * The project.
   */
  projectId: string;
  /**
   * Name.
   */
  name: string;
  /**
   * Tags.
   */
  tags?: {
    [k: string]: string;
  };
  /**
   * Where its files are kept.
   */
  artifacts?: string;
}
