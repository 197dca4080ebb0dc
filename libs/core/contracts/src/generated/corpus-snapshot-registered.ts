// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A version of a dataset exists: what it is called, what it holds, and what it was made from.
 */
export interface CorpusSnapshotRegistered {
  /**
   * The snapshot.
   */
  snapshotId: string;
  /**
   * Name; several snapshots may share it.
   */
  name?: string;
  /**
   * Version of the dataset.
   */
  version?: string;
  /**
   * What it holds.
   */
  description?: string;
  /**
   * Where it is.
   */
  uri?: string;
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
   * SPDX expression, the licence's own name where SPDX has none, or unknown.
   */
  licence?: string;
  /**
   * The licence as its publisher wrote it.
   */
  licenceStated?: string;
  /**
   * When it was made, as its source writes it.
   */
  createdAt?: string;
  /**
   * Time zone of createdAt.
   */
  createdAtZone?: 'utc' | 'unknown';
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
   * What it was made from. The same source listed twice is one entry with multiplicity 2.
   *
   * @maxItems 5000
   */
  sources?: {
    /**
     * What ref is.
     */
    kind: 'snapshot' | 'shard' | 'uri' | 'name' | 'unknown';
    /**
     * The source's id, address or name; empty where unknown.
     */
    ref: string;
    /**
     * Name given beside it.
     */
    name?: string;
    /**
     * How often it is listed.
     */
    multiplicity: number;
    /**
     * Why it does not resolve.
     */
    reason?: string;
  }[];
  /**
   * The code that made it.
   */
  code?: {
    /**
     * Repository.
     */
    repository?: string;
    /**
     * Revision.
     */
    revision?: string;
    /**
     * SHA-256 in lower-case hexadecimal.
     */
    digest?: string;
  };
  /**
   * Configuration that made it, without secrets.
   */
  config?: {};
  /**
   * Whether a secret was taken out of what is shown here.
   */
  redacted?: boolean;
}
