// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A signed checkpoint of the log's tree was published.
 */
export interface AuditCheckpointPublished {
  /**
   * Name of the log.
   */
  origin: string;
  /**
   * Leaves.
   */
  treeSize: number;
  /**
   * Root of the tree.
   */
  rootHash: string;
  /**
   * The signed note.
   */
  note: string;
}
