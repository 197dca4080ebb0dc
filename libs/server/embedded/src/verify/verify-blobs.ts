import { digestReferencedIn, readEveryBlob } from '@tributary/blobs';
import type { Blobs, ReadBlobs } from '@tributary/blobs';
import type { EventLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';

/** Blobs that were read, and those that events refer to. */
export type VerifiedBlobs = ReadBlobs & { readonly missing: number };

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** Reads every blob, then every event, whose blob must be there. Memory does not grow with the number of either. */
export async function verifyBlobs(
  { directory, blobs, log }: { directory: string; blobs: Blobs; log: EventLog },
  step: (text: string) => void,
): Promise<VerifiedBlobs> {
  const read = await readEveryBlob(directory, blobs, step);
  let { divergence } = read;
  let missing = 0;
  for (let after = START; ;) {
    const events = await log.read({ after, ...READ });
    const last = events.at(-1);
    if (!last) return { ...read, missing, divergence };
    for (const { bytes, position } of events) {
      const digest = digestReferencedIn(bytes);
      if (digest === undefined || blobs.has(digest)) continue;
      missing += 1;
      divergence ??= `blob ${digest} of the event at ${position} is missing`;
    }
    after = last.position;
    step(`blobs: references up to position ${after} of ${log.head()}`);
  }
}
