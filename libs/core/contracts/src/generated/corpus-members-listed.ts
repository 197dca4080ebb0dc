// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Shards of a snapshot. Repetition counts: a shard listed four times is trained on four times.
 */
export interface CorpusMembersListed {
  /**
   * The snapshot.
   */
  snapshotId: string;
  /**
   * Place of the first member in the whole list.
   */
  firstIndex: number;
  /**
   * Members in their order.
   *
   * @minItems 1
   * @maxItems 5000
   */
  members: {
    /**
     * The shard.
     */
    shardId: string;
    /**
     * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
     */
    slice?: string;
    /**
     * How often it is listed.
     */
    repeats: number;
    /**
     * The group that the source names.
     */
    label?: string;
  }[];
}
