import { constants } from 'node:os';
import { Fault } from '@tributary/kernel';
import { freeBytes } from './free-bytes.ts';

const MIB = 1024 ** 2;

/** Room that other writers of the disk may take between the look and the write. */
const MARGIN = 2 * MIB;
/** An entry copies a page of its index and one on the way to it. */
const BYTES_PER_ENTRY = 2 * 4096;

/**
 * Throws Fault `disk_full` (retryable) where an LMDB commit of so many bytes in so many entries may have no room. LMDB
 * must not find that out by itself: its report of a page without room can be longer than the memory that it takes for it.
 */
export function requireRoom(directory: string, bytes: number, entries: number): void {
  if (freeBytes(directory) < MARGIN + 2 * bytes + BYTES_PER_ENTRY * entries) throw diskFull(undefined);
}

/**
 * Throws Fault `disk_full` where files of LMDB may have no room to be made or completed in a directory. LMDB writes to them
 * through a mapping in part, and a process that does so on a full disk is killed.
 */
export function requireRoomToOpen(directory: string): void {
  if (!hasRoomToOpen(directory)) throw noRoomToOpen(directory, undefined);
}

export const hasRoomToOpen = (directory: string): boolean => freeBytes(directory) >= MARGIN;

export const noRoomToOpen = (directory: string, cause: unknown): Fault =>
  new Fault(
    'disk_full',
    `there is no room to open ${directory}: have ${MARGIN / MIB} MiB free on its disk, then try again; nothing of it was changed`,
    { cause },
  );

const diskFull = (cause: unknown): Fault =>
  new Fault('disk_full', 'the disk is full, so nothing was stored; make room, then send the same again', {
    retryable: true,
    cause,
  });

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
  const isFull = reason instanceof Error && (hadNoRoom(reason) || wasShort(reason, directory));
  return isFull ? diskFull(reason) : unknown(cause);
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

/** Whether a call of the file system found no room. */
export const hasNoRoom = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EFBIG)$/.test(String(error.code));

const codeOf = (reason: Error): unknown => ('code' in reason ? reason.code : undefined);

/** LMDB writes its report of a failed page into so many bytes, however long it is. */
const REPORT_BYTES = 100;

/**
 * LMDB names the page where the write of one failed, and nothing where the flush did. A longer report has overwritten
 * memory of the process, which must not write any more then.
 */
function hadNoRoom(reason: Error): boolean {
  const report = reason.message.indexOf('Attempting to write page');
  return NO_ROOM.has(codeOf(reason)) && report >= 0 && reason.message.length - report < REPORT_BYTES;
}

/** A write that the disk cut short leaves less than the largest write of LMDB. */
const SHORT_BYTES = 16 * MIB;

/** LMDB reports a page that was written in part as EIO. A broken disk that is full too is taken for a full one. */
const wasShort = (reason: Error, directory: string): boolean =>
  codeOf(reason) === EIO && freeBytes(directory) < SHORT_BYTES;
