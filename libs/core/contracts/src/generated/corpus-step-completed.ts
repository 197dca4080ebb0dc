// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A step of a corpus pipeline ended: what went in, what came out, what was dropped and why.
 */
export interface CorpusStepCompleted {
  /**
   * The pipeline run.
   */
  pipelineId: string;
  /**
   * The step within it.
   */
  stepId: string;
  /**
   * Place in the pipeline, from 0.
   */
  index?: number;
  /**
   * Name of the step.
   */
  name: string;
  /**
   * What it does.
   */
  kind: 'read' | 'filter' | 'deduplicate' | 'tag' | 'mix' | 'sample' | 'tokenize' | 'write' | 'other';
  /**
   * The program.
   */
  tool?: {
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
   * Snapshots, shards or addresses read.
   *
   * @maxItems 5000
   */
  inputs?: string[];
  /**
   * Snapshots, shards or addresses written.
   *
   * @maxItems 5000
   */
  outputs?: string[];
  /**
   * Documents that went in.
   */
  documentsIn?: {
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
   * Documents that came out.
   */
  documentsOut?: {
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
   * Bytes that came out.
   */
  bytesOut?: {
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
   * Tokens that came out.
   */
  tokensOut?: {
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
   * Documents dropped by reason.
   *
   * @maxItems 1000
   */
  dropped?: {
    /**
     * Reason.
     */
    reason: string;
    /**
     * Documents.
     */
    documents: {
      /**
       * The number.
       */
      value: number;
      /**
       * How the number was counted.
       */
      method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
    };
  }[];
  /**
   * Arguments of the step, without secrets.
   */
  config?: {};
  /**
   * Duration in seconds.
   */
  seconds?: number;
  /**
   * Whether a secret was taken out of what is shown here.
   */
  redacted?: boolean;
}
