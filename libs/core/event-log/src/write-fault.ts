import { constants } from 'node:os';
import { Fault } from '@tributary/kernel';
import { freeBytes } from './free-bytes.ts';

/**
 * The Fault for a failed write of the LMDB environment of a directory. `disk_full` (retryable) where a page had no room:
 * pages are written before the flush, so the transaction was aborted and nothing of it is stored. Any other failure may
 * come from the flush; what the disk has is unknown then, and a flush cannot be repeated: the fault of `unknown`.
 */
export async function lmdbWriteFault(
  cause: unknown,
  directory: string,
  unknown: (cause: unknown) => Fault,
): Promise<Fault> {
  if (cause instanceof Fault) return cause;
  const reason = await reasonOf(cause);
  if (!(reason instanceof Error && (hadNoRoom(reason) || wasShort(reason, directory)))) return unknown(cause);
  return new Fault(
    'disk_full',
    'the disk is full, so nothing was stored; make room, then send the same again',
    {
      retryable: true,
      cause: reason,
    },
  );
}

/** LMDB keeps the reason in a promise of its own, whose rejection would be unhandled. */
async function reasonOf(cause: unknown): Promise<unknown> {
  if (!(cause instanceof Error && 'commitError' in cause)) return cause;
  try {
    await cause.commitError;
    return cause;
  } catch (reason) {
    return reason;
  }
}

const { ENOSPC, EDQUOT, EFBIG, EIO } = constants.errno;
const NO_ROOM: ReadonlySet<unknown> = new Set([ENOSPC, EDQUOT, EFBIG]);

const codeOf = (reason: Error): unknown => ('code' in reason ? reason.code : undefined);

/** LMDB names the page where the write of one failed, and nothing where the flush did. */
const hadNoRoom = (reason: Error): boolean =>
  NO_ROOM.has(codeOf(reason)) && reason.message.includes('write page');

/** A write that the disk cut short leaves less than the largest write of LMDB. */
const SHORT_BYTES = 16 * 1024 ** 2;

/** LMDB reports a page that was written in part as EIO. A broken disk that is full too is taken for a full one. */
const wasShort = (reason: Error, directory: string): boolean =>
  codeOf(reason) === EIO && freeBytes(directory) < SHORT_BYTES;
