// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A shard was searched for the items of a benchmark, and so many were found: none is a finding too. Without this fact a shard was not searched, and nothing says that it is clean.
 */
export interface CorpusContaminationFound {
  /**
   * The benchmark, by the name that its scores have.
   */
  benchmark: string;
  /**
   * Version of the benchmark.
   */
  benchmarkVersion?: string;
  /**
   * SHA-256 of the items that were looked for, by the rule of the instrument, in lower-case hexadecimal: equal where the same texts of the same items were. Those that could not be looked for are among them. Searches of several digests are for several sets of items.
   */
  itemsDigest: string;
  /**
   * Fields of the items whose texts were looked for; absent where all were, or that is not recorded.
   *
   * @minItems 1
   * @maxItems 100
   */
  itemFields?: string[];
  /**
   * The shard that was searched.
   */
  shardId: string;
  /**
   * Digest of the bytes that were searched. Where the shard is registered and not with an equal digest by the same function, this search is not known to be one of the whole shard.
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
   * How it was searched.
   */
  search: {
    /**
     * What of an item was looked for: its n-grams, its whole text, texts with a near embedding, or the canary string of the benchmark.
     */
    kind: 'ngram' | 'exact' | 'embedding' | 'canary' | 'other';
    /**
     * Length of an n-gram.
     */
    n?: number;
    /**
     * What an n-gram is a sequence of.
     */
    of?: 'words' | 'tokens' | 'characters';
    /**
     * An item counts as found from this on: the share of its n-grams, or the similarity of its embedding. Absent where any part of it is enough.
     */
    threshold?: number;
    /**
     * The field of a row whose text was searched. Searches of several fields stand beside each other.
     */
    field?: string;
  };
  /**
   * What searched.
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
  };
  /**
   * How the numbers were counted.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * Whether all of the shard was searched, or only some of its documents or of their text.
   */
  scope: 'whole' | 'part';
  /**
   * Items of the benchmark that were looked for.
   */
  itemsCompared: number;
  /**
   * Items that could not be looked for, such as those shorter than an n-gram. Nothing is known of them. Absent where nobody counted them.
   */
  itemsSkipped?: number;
  /**
   * Items that were found, of those that were looked for.
   */
  itemsMatched: number;
  /**
   * The items that were found, or the first of them: those with the largest shares first. The others are itemsMatched less these.
   *
   * @maxItems 1000
   */
  matchedItems?: {
    /**
     * The item.
     */
    itemId: string;
    /**
     * Share of it that was found in the shard, or its similarity.
     */
    share?: number;
  }[];
  /**
   * Documents that were searched.
   */
  documentsCompared?: number;
  /**
   * Documents in which an item was found.
   */
  documentsMatched?: number;
  /**
   * Ids of the documents in which an item was found, or of the first of them. The others are documentsMatched less these.
   *
   * @maxItems 1000
   */
  matchedDocuments?: string[];
}
