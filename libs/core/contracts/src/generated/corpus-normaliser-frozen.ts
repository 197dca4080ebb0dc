// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * The statistics that normalise an attribute were fixed, so that scores of different corpora compare.
 */
export interface CorpusNormaliserFrozen {
  /**
   * The normaliser.
   */
  normaliserId: string;
  /**
   * The attribute that it normalises.
   */
  attribute: string;
  /**
   * The corpus that it was computed on.
   */
  corpus: string;
  /**
   * Items that it was computed on.
   */
  items?: number;
  /**
   * Statistics by feature.
   */
  statistics: {
    /**
     * Values by statistic, such as mean and sd.
     */
    [k: string]: {
      [k: string]: number;
    };
  };
}
