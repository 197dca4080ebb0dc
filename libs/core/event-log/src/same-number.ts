/** What LMDB says when it has waited for ten seconds. */
const WAITED = /No transaction to renew/;

/**
 * Whether LMDB did not open a file because another process has it open whose number in its container is that of this process
 * here: LMDB tells the processes of a file apart by their numbers.
 */
export const isOfSameNumber = (error: unknown): boolean =>
  error instanceof Error && WAITED.test(error.message);
