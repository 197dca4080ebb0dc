// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Arms of an experiment got their mixtures. A large experiment is assigned in several such facts.
 */
export interface MixtureExperimentAssigned {
  /**
   * The experiment.
   */
  experimentId: string;
  /**
   * What kind of comparison the arms allow.
   */
  design: 'controlled_ablation' | 'swarm' | 'observational';
  /**
   * How runs came to their arms.
   */
  assignment: 'randomised' | 'manual' | 'unknown';
  /**
   * The record that makes the randomisation checkable.
   */
  randomisation?: {
    /**
     * How it was drawn. sha256-rank can be computed again: the seeds of the runs, in order of the SHA-256 of this seed, a line feed and the seed of the run, are dealt in turn to the arms in order of their names.
     */
    method: string;
    /**
     * The seed, as text.
     */
    seed: string;
  };
  /**
   * The arm that the others are compared with.
   */
  control?: string;
  /**
   * What was fixed beforehand.
   */
  protocol?: string;
  /**
   * What the protocol held equal in all runs although no run records it: parameters, architecture, tokenizer, code, hardware, data, optimiser, learning rate, schedule, batch, precision, budget, parent checkpoint or evaluation step; configuration stands for all from the optimiser on but the step.
   *
   * @maxItems 100
   */
  heldEqual?: string[];
  /**
   * Arms.
   *
   * @minItems 1
   * @maxItems 200
   */
  arms: {
    /**
     * Name of the arm.
     */
    arm: string;
    /**
     * Its mixture.
     */
    mixtureId: string;
    /**
     * Whether estimators may learn from it or it is kept for checking them.
     */
    role: 'train' | 'held_out';
    /**
     * What gives way to the slice: proportional, swap:<slice>, within:<domain> or added_budget.
     */
    displacement?: string;
  }[];
}
