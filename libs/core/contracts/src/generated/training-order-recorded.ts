// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A path in the taxonomy: a domain, or a domain and buckets inside it, such as math/structured.
 */
export type Slice = string;

/**
 * In which order a run read its data over a range of steps, in exactly one encoding: the member of `order` says which.
 */
export interface TrainingOrderRecorded {
  /**
   * The run. A run keeps its id over restarts.
   */
  runId: string;
  /**
   * Which start of the run, from 1.
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
   * How the order is known.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
  /**
   * The order; exactly one of the members.
   */
  order: {
    /**
     * Index arrays of Megatron-LM, which say the documents of every sample. Digests name the files as Megatron wrote them; who holds them can compute every batch again.
     */
    megatronIndex?: {
      /**
       * Tokens of a sample, without the one that is only a label.
       */
      sequenceLength: number;
      /**
       * Index of the first sample that the step of the first batch size reads.
       */
      firstSample: number;
      /**
       * Batch sizes: each holds from its step until the step of the next one. Ascending; the first is not above firstStep.
       *
       * @minItems 1
       * @maxItems 10000
       */
      batches: {
        /**
         * First step of this size.
         */
        fromStep: number;
        /**
         * Samples of a step.
         */
        samples: number;
      }[];
      /**
       * The corpus of each sample. Absent where there is one corpus.
       */
      blend?: {
        /**
         * SHA-256 of dataset_index.npy.
         */
        dataset: string;
        /**
         * SHA-256 of dataset_sample_index.npy.
         */
        datasetSample: string;
      };
      /**
       * The corpora, in the order in which the blend counts them.
       *
       * @minItems 1
       * @maxItems 10000
       */
      corpora: {
        /**
         * Its path prefix, as the run was told.
         */
        path: string;
        slice?: Slice;
        /**
         * The shard, where it is registered.
         */
        shardId?: string;
        /**
         * SHA-256 of document_index.npy.
         */
        document: string;
        /**
         * SHA-256 of sample_index.npy.
         */
        sample: string;
        /**
         * SHA-256 of shuffle_index.npy.
         */
        shuffle: string;
        /**
         * SHA-256 of the .idx file, which has the lengths of documents.
         */
        index?: string;
        /**
         * SHA-256 of a Parquet file whose row d says in parquet_path and parquet_row where document d was read.
         */
        rows?: string;
      }[];
    };
    /**
     * Ranges of shards.
     */
    ranges?: {
      /**
       * What from and count number.
       */
      of: 'document' | 'sequence' | 'token';
      /**
       * The ranges of each step, from firstStep on.
       *
       * @minItems 1
       * @maxItems 100000
       */
      steps: {
        /**
         * The shard.
         */
        shardId: string;
        /**
         * First of them, counted from 0.
         */
        from: number;
        /**
         * How many.
         */
        count: number;
      }[][];
    };
    /**
     * Ids of what each step read.
     */
    ids?: {
      /**
       * What an id names.
       */
      of: 'document' | 'sequence';
      /**
       * SHA-256 of the ids: 64-bit unsigned integers, little-endian, step after step.
       */
      sha256: string;
      /**
       * Number of ids of each step, from firstStep on.
       *
       * @minItems 1
       * @maxItems 100000
       */
      perStep: number[];
      /**
       * SHA-256 of what the ids count through.
       */
      manifest?: string;
    };
    /**
     * A deterministic sampler, which gives the same order again.
     */
    sampler?: {
      /**
       * Name of the sampler.
       */
      name: string;
      /**
       * Its version.
       */
      version?: string;
      /**
       * Seed.
       */
      seed: number;
      /**
       * Epoch of the first step.
       */
      epoch: number;
      /**
       * Index of the first item that the first step reads.
       */
      startIndex: number;
      /**
       * Items of a step.
       */
      count: number;
      /**
       * SHA-256 of the list that is sampled.
       */
      manifest?: string;
    };
    /**
     * Digests of what each step read: they confirm an order that is known otherwise, and do not say it.
     */
    digest?: {
      /**
       * What is digested: ids as 64-bit unsigned integers, little-endian.
       */
      of: 'document' | 'sequence';
      /**
       * SHA-256 of the ids of each step, from firstStep on.
       *
       * @minItems 1
       * @maxItems 100000
       */
      steps: string[];
    };
  };
}
