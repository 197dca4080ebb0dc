// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
 */
export type Slice = string;

/**
 * A shard of the corpus exists, with these bytes, in this slice.
 */
export interface CorpusShardRegisteredV1 {
  /**
   * The shard.
   */
  shardId: string;
  /**
   * Where it is.
   */
  uri: string;
  slice: Slice;
  /**
   * The taxonomy version that the slice belongs to.
   */
  taxonomyVersion?: string;
  /**
   * Whether it is trained on or held out for evaluation.
   */
  split: 'train' | 'held_out';
  /**
   * Digest of the shard's bytes.
   */
  digest: {
    /**
     * Hash function.
     */
    algorithm: 'sha256';
    /**
     * SHA-256 in lower-case hexadecimal.
     */
    value: string;
  };
  /**
   * Bytes.
   */
  bytes: number;
  /**
   * Documents.
   */
  documents: number;
  /**
   * Tokens of the named tokenizer.
   */
  tokens: number;
  /**
   * The tokenizer that counted.
   */
  tokenizer: string;
  /**
   * How the number was counted.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * SPDX expression, or the licence's own name where SPDX has none.
   */
  licence: string;
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
