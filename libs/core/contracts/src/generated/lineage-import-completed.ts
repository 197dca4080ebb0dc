// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An import reached its end, and what became of its files and records.
 */
export interface LineageImportCompleted {
  /**
   * Id of the import: the id of its lineage.import.started, which has the same source.
   */
  importId: string;
  /**
   * Position of the import's lineage.import.started. Positions name events of one log: in a log that has the start at another position, this fact says nothing.
   */
  began: string;
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
   * What the files were recognised as.
   *
   * @maxItems 1000
   */
  kinds: {
    /**
     * Kind of the source, such as hf-trainer.
     */
    kind: string;
    /**
     * Sources of this kind.
     */
    sources: number;
    /**
     * Files that belong to them.
     */
    files: number;
  }[];
  /**
   * Events that it added, by their type.
   *
   * @maxItems 1000
   */
  byType: {
    /**
     * Type of the events.
     */
    type: string;
    /**
     * How many.
     */
    events: number;
  }[];
  /**
   * Records that were read and refused.
   */
  refused: number;
  /**
   * Files that were not read: unrecognised, or recognised as several kinds.
   */
  notLookedAt: number;
  /**
   * SHA-256 over source and id of every event in the order in which they were sent: two imports with the same digest state the same events.
   */
  digest: string;
}
