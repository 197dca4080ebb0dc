// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * How many tokens of a probe set each expert of a layer received.
 */
export interface RoutingLoadObserved {
  /**
   * The checkpoint.
   */
  checkpointId: string;
  /**
   * The run. A run keeps its id over restarts.
   */
  runId?: string;
  /**
   * Step of the checkpoint.
   */
  step?: number;
  /**
   * The probe set.
   */
  probeSet: string;
  /**
   * Domain of the probed text.
   */
  domain: string;
  /**
   * Layer, from 0.
   */
  layer: number;
  /**
   * Experts chosen for a token.
   */
  topK: number;
  /**
   * Which choices are counted.
   */
  choice: 'all' | 'first';
  /**
   * Tokens by expert, in the experts' order.
   *
   * @minItems 1
   * @maxItems 10000
   */
  counts: number[];
  /**
   * Tokens probed.
   */
  tokens?: number;
  /**
   * How often pairs of experts were chosen together.
   */
  coActivation?: {
    /**
     * How pairs are counted.
     */
    variant: string;
    /**
     * Pairs.
     *
     * @maxItems 5000
     */
    pairs: {
      /**
       * Expert.
       */
      first: number;
      /**
       * Expert.
       */
      second: number;
      /**
       * Tokens.
       */
      count: number;
    }[];
  };
  /**
   * How the number was counted.
   */
  method: 'measured' | 'reported' | 'declared' | 'inferred' | 'sampled';
}
