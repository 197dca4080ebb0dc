// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A snapshot, or a published package, must not be used any more, with every shard that is or will be registered from it. What was trained on it stays on record.
 */
export interface CorpusSourceRetracted {
  /**
   * What ref names.
   */
  kind: 'snapshot' | 'package';
  /**
   * Id of the snapshot; of a package its registry, name and version, such as debian/python3.11-doc@3.11.2-6.
   */
  ref: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
}
