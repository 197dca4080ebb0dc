/** The right to write for something that another process takes over once the lease is lost. */
export type Lease = {
  /** Aborts when the loss is known. */
  readonly lost: AbortSignal;
  /**
   * Throws the reason of `lost`, also where the lease has run out unnoticed, because the process stood still. To be called
   * right before each write.
   */
  check(): void;
  /**
   * Asks who grants the lease whether it is still held, and throws where it is not, or where there is no answer: for a machine
   * whose clocks stood still too. To be called before a write is repeated whose outcome is unknown. Absent where no other
   * process could have taken it over.
   */
  confirm?(): Promise<void>;
};
