// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An import is taken back. From this position on an event that it added counts nowhere, unless another import states it that is not withdrawn. To have it again, import the files again.
 */
export interface LineageImportWithdrawn {
  /**
   * Id of the import: the id of its lineage.import.started, which has the same source.
   */
  importId: string;
  /**
   * Position of the import's lineage.import.started. Positions name events of one log: in a log that has the start at another position, this fact says nothing.
   */
  began: string;
  /**
   * Events of its last request that no other fact names, because the import ended early.
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
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
}
