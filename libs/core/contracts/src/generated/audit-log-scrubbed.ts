// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * Secrets were removed from the log, its blobs and its dead letters. The events that are listed are stored without them since, under their ids and positions. No hash of what was removed is recorded: with the rest of an event, a short secret could be guessed from it.
 */
export interface AuditLogScrubbed {
  /**
   * Id of the scrub, which the facts share that list its events.
   */
  scrubId: string;
  /**
   * Number of this fact among them, from 1.
   */
  part: number;
  /**
   * How many there are.
   */
  parts: number;
  /**
   * Events that were changed.
   *
   * @maxItems 400
   */
  events: {
    /**
     * Position of the event.
     */
    position: string;
    /**
     * SHA-256 of the event as it is stored since.
     */
    hash: string;
    /**
     * Whether the secret was in its source or id, so that these differ too.
     */
    renamed?: boolean;
  }[];
  /**
   * SHA-256 of content that is not stored any more.
   *
   * @maxItems 400
   */
  blobs: string[];
  /**
   * Dead letters that were changed, in all parts together.
   */
  deadLetters: number;
  /**
   * Kinds of the secrets that were found, such as hugging_face_token; listed for those that were named to the scrub.
   *
   * @maxItems 32
   */
  kinds: string[];
  /**
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
}
