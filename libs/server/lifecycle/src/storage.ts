import { mkdirSync } from 'node:fs';
import { openBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { DiskWatermarks } from '@tributary/capture';
import { diskSpace, guardedBlobs } from '@tributary/intake';
import type { DiskSpace } from '@tributary/intake';
import type { Telemetry } from './run-process.ts';

type Options = { readonly directory: string; readonly blobs: string; readonly watermarks: DiskWatermarks };

export type Storage = {
  readonly disk: DiskSpace;
  /** For senders: refuses new content where the disk is low. */
  readonly blobs: Blobs;
  /** For what the process stores itself. */
  readonly ownBlobs: Blobs;
};

/** Opens the folders of a service on this machine, and watches their disks. */
export function openStorage(
  { directory, blobs: folder, watermarks }: Options,
  { metrics }: Pick<Telemetry, 'metrics'>,
): Storage {
  mkdirSync(directory, { recursive: true });
  const ownBlobs = openBlobs(folder);
  const disk = diskSpace({ data: directory, blobs: folder }, watermarks);
  metrics.disk(disk.read);
  return { disk, ownBlobs, blobs: guardedBlobs(ownBlobs, disk.admit) };
}
