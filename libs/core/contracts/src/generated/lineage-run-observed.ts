// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An OpenLineage event, as it came.
 */
export interface LineageRunObserved {
  /**
   * run:<run id>, job:<namespace>/<name> or dataset:<namespace>/<name>.
   */
  subject: string;
  /**
   * What the event speaks of, told by its structure.
   */
  kind: 'run' | 'job' | 'dataset';
  /**
   * State of the run.
   */
  eventType?: 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER';
  /**
   * When it happened, as its producer writes it.
   */
  eventTime: string;
  /**
   * The event, verbatim.
   */
  event: {};
}
