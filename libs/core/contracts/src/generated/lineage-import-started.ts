// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * An import of files began. What it adds to the log is named by the facts that follow, so that it can be withdrawn.
 */
export interface LineageImportStarted {
  /**
   * Id of the import: the id of its lineage.import.started, which has the same source.
   */
  importId: string;
  /**
   * What was imported, as it was given: folders and files.
   *
   * @minItems 1
   * @maxItems 1000
   */
  paths: string[];
  /**
   * Name and version of the program.
   */
  program: string;
  /**
   * Who ran it.
   */
  actor?: string;
}
