// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A file of a run or of a saved model is not listed any more. Its content stays.
 */
export interface TrainingArtifactRemoved {
  /**
   * What the file belongs to.
   */
  ownerKind: 'run' | 'model';
  /**
   * Id of the run or of the saved model.
   */
  ownerId: string;
  /**
   * Path of the file below its owner, with slashes.
   */
  path: string;
}
