/** The right to write for something that another process takes over once the lease is lost. */
export type Lease = {
  /** Aborts when the loss is known. */
  readonly lost: AbortSignal;
  /**
   * Throws the reason of `lost`, also where the lease has run out unnoticed, because the process stood still. To be called
   * right before each write.
   */
  check(): void;
};
