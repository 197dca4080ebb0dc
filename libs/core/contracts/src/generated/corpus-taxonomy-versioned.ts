// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
 */
export type Slice = string;

/**
 * A version of the taxonomy that names the slices of the corpus.
 */
export interface CorpusTaxonomyVersioned {
  /**
   * The taxonomy.
   */
  taxonomyId: string;
  /**
   * Its version. Effects are tied to it.
   */
  version: string;
  /**
   * Every slice of this version.
   *
   * @minItems 1
   * @maxItems 1000
   */
  slices: {
    slice: Slice;
    /**
     * Short name for people.
     */
    title: string;
    /**
     * What belongs in it and what does not.
     */
    definition: string;
    /**
     * The rule, classifier or person that decides membership.
     */
    measuredBy?: string;
  }[];
  /**
   * Why the version was made.
   */
  rationale?: string;
}
