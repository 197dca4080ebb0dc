import { Fault } from '@tributary/kernel';

/** What LMDB says when it has waited for ten seconds. */
const WAITED = /No transaction to renew/;

/**
 * Whether LMDB did not open a file because another process has it open whose number in its container is that of this process
 * here: LMDB tells the processes of a file apart by their numbers.
 */
export const isOfSameNumber = (error: unknown): boolean =>
  error instanceof Error && WAITED.test(error.message);

export const sameNumber = (
  code: 'commits_go_on' | 'directory_in_use',
  directory: string,
  cause?: unknown,
): Fault =>
  new Fault(
    code,
    `a process in another container has ${directory} open, and its process number there is ${process.pid}, which this process has here, so LMDB cannot tell the two apart; run the command in its container, or again when it has ended`,
    { cause },
  );
