// Generated from schemas/events by `npm run codegen`. Do not edit.

/**
 * A signing key was added, retired or found compromised.
 */
export interface AuditKeyChanged {
  /**
   * The key.
   */
  keyId: string;
  /**
   * What happened.
   */
  change: 'added' | 'retired' | 'compromised';
  /**
   * Algorithm.
   */
  algorithm?: string;
  /**
   * Public key in base64.
   */
  publicKey?: string;
  /**
   * Why.
   */
  reason: string;
  /**
   * Who says so.
   */
  actor: string;
}
