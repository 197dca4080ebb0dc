// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Steps whose update was not applied, such as after an overflow. What they read was not learned from.
 */
export interface TrainingStepsSkipped {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run, from 1.
   */
  attempt: number;
  /**
   * Steps, ascending.
   *
   * @minItems 1
   * @maxItems 10000
   */
  steps: number[];
  /**
   * Why.
   */
  reason: 'nan' | 'overflow' | 'operator' | 'unknown';
}
