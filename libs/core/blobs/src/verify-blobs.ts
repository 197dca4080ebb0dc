import { Fault } from '@tributary/kernel';
import type { Blobs } from './blobs.ts';
import { referencedDigest } from './data-reference.ts';
import { blobNames } from './directory-blobs.ts';

/** Blobs whose content was read and compared with their names. */
export type ReadBlobs = {
  readonly blobs: number;
  readonly damaged: number;
  /** The first of them that differs, in words; null where none does. */
  readonly divergence: string | null;
};

/** Reads every blob of a directory. Memory does not grow with their number. `step` gets the progress in words. */
export async function readEveryBlob(
  directory: string,
  blobs: Pick<Blobs, 'open'>,
  step: (text: string) => void,
): Promise<ReadBlobs> {
  const found = { blobs: 0, damaged: 0, divergence: null as string | null };
  for (const name of blobNames(directory)) {
    found.blobs += 1;
    step(`blobs: ${found.blobs} read`);
    if (await isIntact(blobs, name)) continue;
    found.damaged += 1;
    found.divergence ??= `blob ${name} is not what was written`;
  }
  return found;
}

async function isIntact(blobs: Pick<Blobs, 'open'>, name: string): Promise<boolean> {
  try {
    for await (const _ of blobs.open(name) ?? []);
    return true;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'blob_damaged') return false;
    throw fault;
  }
}

/** The blob that the bytes of an event refer to. Few events have a reference, so the others are not parsed. */
export function digestReferencedIn(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('datadigest') ? referencedDigest(JSON.parse(text.toString('utf8'))) : undefined;
}
