import { digestReferencedIn, readEveryBlob } from '@tributary/blobs';
import type { Blobs, ReadBlobs } from '@tributary/blobs';
import type { EventLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import { absentBlobs } from '@tributary/projection';

/** Blobs that were read, and those that events refer to. */
export type VerifiedBlobs = ReadBlobs & {
  readonly missing: number;
  /** Files that facts name by their digest and that are not kept, as where an import left them out. */
  readonly notKept: number;
};

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** Reads every blob, then every event, whose blob must be there. Memory does not grow with the number of either. */
export async function verifyBlobs(
  { directory, blobs, log }: { directory: string; blobs: Blobs; log: EventLog },
  step: (text: string) => void,
): Promise<VerifiedBlobs> {
  const read = await readEveryBlob(directory, blobs, step);
  let { divergence } = read;
  let missing = 0;
  const notKept = new Set<string>();
  for (let after = START; ;) {
    const events = await log.read({ after, ...READ });
    const last = events.at(-1);
    if (!last) return { ...read, missing, notKept: notKept.size, divergence };
    for (const { bytes, position, type } of events) {
      const digest = digestReferencedIn(bytes);
      if (digest !== undefined && !blobs.has(digest)) {
        missing += 1;
        divergence ??= `blob ${digest} of the event at ${position} is missing`;
      } else (await absentBlobs({ bytes, type }, blobs)).forEach((named) => notKept.add(named));
    }
    after = last.position;
    step(`blobs: references up to position ${after} of ${log.head()}`);
  }
}
