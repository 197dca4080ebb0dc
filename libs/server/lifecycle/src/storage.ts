import { mkdirSync } from 'node:fs';
import { openBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { DiskWatermarks, RequestLimits } from '@tributary/capture';
import { DiskWaits, diskSpace, guardedBlobs, watchedBlobs } from '@tributary/intake';
import type { DiskSpace } from '@tributary/intake';
import type { Telemetry } from './run-process.ts';

type Options = {
  readonly directory: string;
  readonly blobs: string;
  readonly watermarks: DiskWatermarks;
  readonly limits: Pick<RequestLimits, 'requestTimeout'>;
};

/** What a process stores and reads itself, which waits for a disk that hangs. */
type OwnBlobs = Pick<Blobs, 'put' | 'read'>;

export type Storage = {
  readonly disk: DiskSpace;
  /** For senders: refuses new content where the disk is low, and does not wait for a disk that hangs. */
  readonly blobs: Blobs;
  readonly ownBlobs: OwnBlobs;
  /** That the disk of the blobs has not answered for as long as a request may take; undefined where it answers. */
  overdue(): unknown;
};

/** Opens the folders of a service on this machine, and watches their disks. */
export function openStorage(
  { directory, blobs: folder, watermarks, limits }: Options,
  { metrics }: Pick<Telemetry, 'metrics'>,
): Storage {
  mkdirSync(directory, { recursive: true });
  const blobs = openBlobs(folder);
  const waits = new DiskWaits(limits.requestTimeout);
  const disk = diskSpace({ data: directory, blobs: folder }, watermarks);
  metrics.disk(disk.read);
  return {
    disk,
    blobs: guardedBlobs(blobs, disk.admit, waits),
    ownBlobs: watchedBlobs(blobs, waits),
    overdue: () => waits.overdue(),
  };
}

/** The blobs of a process that has no senders. They are overdue after `limit` milliseconds. */
export function openOwnBlobs(folder: string, limit: number): { blobs: OwnBlobs; overdue(): unknown } {
  const waits = new DiskWaits(limit);
  return { blobs: watchedBlobs(openBlobs(folder), waits), overdue: () => waits.overdue() };
}
