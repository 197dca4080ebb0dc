// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
 */
export type Slice = string;

/**
 * What a run consumed over a range of steps, by slice and, where known, by shard.
 */
export interface TrainingExposureRecorded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run this is, from 1. A resumed run is a new attempt.
   */
  attempt: number;
  /**
   * First step of the range.
   */
  firstStep: number;
  /**
   * Last step of the range, inclusive.
   */
  lastStep: number;
  /**
   * What an amount counts.
   */
  unit: 'token' | 'byte' | 'share';
  /**
   * How the number was counted.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * Tokenizer of the counts.
   */
  tokenizer?: string;
  /**
   * Amounts by slice.
   *
   * @minItems 1
   * @maxItems 10000
   */
  amounts: {
    slice: Slice;
    /**
     * The shard.
     */
    shardId?: string;
    /**
     * Amount in the unit.
     */
    amount: number;
  }[];
}
