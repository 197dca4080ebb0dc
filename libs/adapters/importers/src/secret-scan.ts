import { SecretScan } from '@tributary/kernel';
import type { SecretKind } from '@tributary/kernel';
import type { SourceFile } from './files/folder.ts';
import { isGzipEndsEarly, isGzipTooLarge } from './files/gunzip.ts';

/** The kinds of secrets in the bytes of a file, text or binary. Throws the faults of `contentParts`. */
export async function secretKindsIn(file: SourceFile): Promise<readonly SecretKind[]> {
  const unpacked = new SecretScan();
  try {
    await readAll(unpacked, file.contentParts());
    return unpacked.kinds;
  } catch (error) {
    if (isGzipEndsEarly(error) || isGzipTooLarge(error)) throw error;
    /* Broken gzip is kept as it is: what is before the break can be unpacked, and the rest is read by nobody. */
    const stored = new SecretScan();
    await readAll(stored, file.parts());
    return [...new Set([...unpacked.kinds, ...stored.kinds])];
  }
}

async function readAll(scan: SecretScan, parts: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const part of parts) scan.read(part);
}
