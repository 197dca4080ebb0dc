// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A file of a run or of a saved model was stored by its digest, in place of one that had its path.
 */
export interface TrainingArtifactRecorded {
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
  /**
   * SHA-256 of the content in lower-case hexadecimal.
   */
  digest: string;
  /**
   * Length of the content in bytes.
   */
  bytes: number;
}
