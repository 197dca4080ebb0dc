// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Two addresses, or all that a rule maps to each other, name the same data. Shards whose digests differ stay two.
 */
export interface CorpusAliasDeclared {
  /**
   * What is the same: one shard under two ids (pair), or every two ids that differ only in how they begin (prefix), how they end (suffix), or in folders between two slashes, once in the id (segment).
   */
  kind: 'pair' | 'prefix' | 'suffix' | 'segment';
  /**
   * The id of a shard, or the part of ids.
   */
  address: string;
  /**
   * The other id, or what stands in other ids in its place.
   */
  other: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
}
