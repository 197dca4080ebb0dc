// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A part of an import: which events the requests before this one added or repeated, and the ids of those that are sent with it. An import that ends early is withdrawn by them.
 */
export interface LineageImportProgressed {
  /**
   * Id of the import: the id of its lineage.import.started, which has the same source.
   */
  importId: string;
  /**
   * Position of the import's lineage.import.started. Positions name events of one log: in a log that has the start at another position, this fact says nothing.
   */
  began: string;
  /**
   * Number of the part: 1, 2, 3…
   */
  part: number;
  /**
   * Events that the import added to the log, as ranges of positions.
   *
   * @maxItems 5000
   */
  stored: {
    /**
     * Position of the first of them.
     */
    first: string;
    /**
     * Position of the last of them, in the same partition.
     */
    last: string;
  }[];
  /**
   * Events that the log had already and that the import states as well, as ranges of positions.
   *
   * @maxItems 5000
   */
  repeated: {
    /**
     * Position of the first of them.
     */
    first: string;
    /**
     * Position of the last of them, in the same partition.
     */
    last: string;
  }[];
  /**
   * Ids of the events that are sent with this fact, by their source.
   *
   * @maxItems 5000
   */
  announced: {
    /**
     * Source of the events.
     */
    source: string;
    /**
     * Their ids.
     *
     * @minItems 1
     * @maxItems 5000
     */
    ids: string[];
  }[];
}
