import { blobNames, referencedDigest } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { EventLog } from '@tributary/event-log';
import { Fault, START } from '@tributary/kernel';

/** Blobs whose content was read and compared with their names, and those that events refer to. */
export type VerifiedBlobs = {
  readonly blobs: number;
  readonly missing: number;
  readonly damaged: number;
  /** The first blob that differs, in words; null where none does. */
  readonly divergence: string | null;
};

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** Reads every blob, then every event, whose blob must be there. Memory does not grow with the number of either. */
export async function verifyBlobs(
  { directory, blobs, log }: { directory: string; blobs: Blobs; log: EventLog },
  step: (text: string) => void,
): Promise<VerifiedBlobs> {
  const found = { blobs: 0, missing: 0, damaged: 0, divergence: null as string | null };
  const note = (text: string): void => void (found.divergence ??= text);
  for (const name of blobNames(directory)) {
    found.blobs += 1;
    step(`blobs: ${found.blobs} read`);
    if (await isIntact(blobs, name)) continue;
    found.damaged += 1;
    note(`blob ${name} is not what was written`);
  }
  for (let after = START; ;) {
    const events = await log.read({ after, ...READ });
    const last = events.at(-1);
    if (!last) return found;
    for (const { bytes, position } of events) {
      const digest = digestIn(bytes);
      if (digest === undefined || blobs.has(digest)) continue;
      found.missing += 1;
      note(`blob ${digest} of the event at ${position} is missing`);
    }
    after = last.position;
    step(`blobs: references up to position ${after} of ${log.head()}`);
  }
}

async function isIntact(blobs: Blobs, name: string): Promise<boolean> {
  try {
    for await (const _ of blobs.open(name) ?? []);
    return true;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'blob_damaged') return false;
    throw fault;
  }
}

/** Few events have a reference, so the others are not parsed. */
function digestIn(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('datadigest') ? referencedDigest(JSON.parse(text.toString('utf8'))) : undefined;
}
