// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A shard of the corpus exists, with these bytes, in this slice. Every number says how it was counted; what is not known is absent.
 */
export interface CorpusShardRegistered {
  /**
   * The shard.
   */
  shardId: string;
  /**
   * Where it is.
   */
  uri: string;
  /**
   * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
   */
  slice: string;
  /**
   * The taxonomy version that the slice belongs to.
   */
  taxonomyVersion?: string;
  /**
   * What it is used for.
   */
  split: 'train' | 'held_out' | 'unknown';
  /**
   * Digest of the bytes.
   */
  digest?: {
    /**
     * Hash function.
     */
    algorithm: 'sha256' | 'sha1' | 'md5' | 'xxh64' | 'blake3';
    /**
     * Lower-case hexadecimal.
     */
    value: string;
  };
  /**
   * Bytes.
   */
  bytes?: {
    /**
     * The number.
     */
    value: number;
    /**
     * How the number was counted.
     */
    method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  };
  /**
   * Documents.
   */
  documents?: {
    /**
     * The number.
     */
    value: number;
    /**
     * How the number was counted.
     */
    method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  };
  /**
   * Tokens of the named tokenizer.
   */
  tokens?: {
    /**
     * The number.
     */
    value: number;
    /**
     * How the number was counted.
     */
    method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  };
  /**
   * The tokenizer that counted.
   */
  tokenizer?: string;
  /**
   * SPDX expression, the licence's own name where SPDX has none, or unknown.
   */
  licence?: string;
  /**
   * The published package it was made from.
   */
  origin?: {
    /**
     * Kind of registry, such as pypi, npm or debian.
     */
    registry: string;
    /**
     * Package.
     */
    package: string;
    /**
     * Version.
     */
    version: string;
    /**
     * Path inside the package.
     */
    path?: string;
  };
}
