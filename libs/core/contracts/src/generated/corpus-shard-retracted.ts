// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A shard must not be used any more. What was trained on it stays on record.
 */
export interface CorpusShardRetracted {
  /**
   * The shard.
   */
  shardId: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
}
