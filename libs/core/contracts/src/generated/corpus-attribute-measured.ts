// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An attribute of shards, snapshots, documents or slices was measured.
 */
export interface CorpusAttributeMeasured {
  /**
   * The attribute, such as cirs or fqdn.
   */
  attribute: string;
  /**
   * What was measured.
   */
  subjectKind: 'shard' | 'snapshot' | 'document' | 'slice';
  /**
   * What measured.
   */
  instrument: {
    /**
     * Name.
     */
    name: string;
    /**
     * Version.
     */
    version?: string;
    /**
     * The frozen normaliser that the value depends on.
     */
    normaliserId?: string;
  };
  /**
   * Unit of the values.
   */
  unit?: string;
  /**
   * How the number was counted.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * One entry a subject, or a subject and bucket of a histogram.
   *
   * @minItems 1
   * @maxItems 5000
   */
  values: {
    /**
     * The subject.
     */
    ref: string;
    /**
     * Bucket of a histogram, such as a domain name.
     */
    bucket?: string;
    /**
     * The value.
     */
    value: number;
  }[];
}
