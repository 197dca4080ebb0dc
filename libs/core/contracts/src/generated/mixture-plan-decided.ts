// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
 */
export type Slice = string;

/**
 * Somebody decided in which proportions a run should draw from the slices.
 */
export interface MixturePlanDecided {
  /**
   * The mixture.
   */
  mixtureId: string;
  /**
   * The experiment it was made for.
   */
  experimentId?: string;
  /**
   * The taxonomy version of its slices.
   */
  taxonomyVersion?: string;
  /**
   * What a weight counts.
   */
  unit: 'token_share' | 'sample_share' | 'epochs' | 'unnormalised';
  /**
   * Phases in order of their first step.
   *
   * @minItems 1
   * @maxItems 64
   */
  phases: {
    /**
     * Name of the phase.
     */
    name: string;
    /**
     * First step of the phase.
     */
    fromStep: number;
    /**
     * Slices and weights.
     *
     * @minItems 1
     * @maxItems 4096
     */
    weights: {
      slice: Slice;
      /**
       * Weight in the plan's unit.
       */
      weight: number;
      /**
       * What stands behind the slice, as the plan names it.
       */
      source?: string;
      /**
       * Name of the part in the plan.
       */
      label?: string;
    }[];
    /**
     * Last step of the phase.
     */
    endsAt?: number;
  }[];
  /**
   * What gives way to the slice: proportional, swap:<slice>, within:<domain> or added_budget.
   */
  displacement?: string;
  /**
   * The mixture this one departs from.
   */
  parentMixtureId?: string;
  /**
   * Why it was decided.
   */
  rationale: string;
  /**
   * What it had to keep to.
   *
   * @minItems 1
   * @maxItems 64
   */
  constraints?: string[];
  /**
   * What else was considered.
   *
   * @minItems 1
   * @maxItems 64
   */
  alternatives?: {
    /**
     * What it was and why it was not taken.
     */
    description: string;
    /**
     * Its mixture, where it has one.
     */
    mixtureId?: string;
  }[];
  /**
   * What the decider expected.
   *
   * @minItems 1
   * @maxItems 256
   */
  predictedEffects?: {
    /**
     * Capability.
     */
    capability: string;
    /**
     * Expected change; of a prediction that names a slice, the outcome with more of the slice less that with less of it.
     */
    effect: number;
    /**
     * Unit of the change.
     */
    unit: string;
    slice?: Slice;
    /**
     * What gives way to the slice; as the plan says where absent.
     */
    displacement?: string;
    /**
     * The experiment that will show it; that of the plan where absent.
     */
    experimentId?: string;
    /**
     * What is compared: the slice with its absence, or two shares above zero. Either where absent.
     */
    estimand?: 'presence' | 'dose';
  }[];
  /**
   * Who decided.
   */
  decidedBy: string;
  /**
   * Parts that the plan declares to be left out, with their weight in the plan's own unit.
   *
   * @maxItems 1000
   */
  missing?: {
    /**
     * What is left out.
     */
    description: string;
    /**
     * Weight.
     */
    weight: number;
  }[];
  /**
   * Name.
   */
  name?: string;
  /**
   * The snapshot that lists its shards.
   */
  snapshotId?: string;
  /**
   * Where the plan is published.
   */
  citation?: string;
}
