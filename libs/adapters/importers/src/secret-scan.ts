import { SecretScan } from '@tributary/kernel';
import type { SecretKind } from '@tributary/kernel';
import type { SourceFile } from './files/folder.ts';
import { isGzipEndsEarly, isGzipTooLarge } from './files/gunzip.ts';

/** The kinds of secrets in the bytes of a file, text or binary. Throws the faults of `contentParts`. */
export async function secretKindsIn(file: SourceFile): Promise<readonly SecretKind[]> {
  try {
    return await kindsIn(file.contentParts());
  } catch (error) {
    if (isGzipEndsEarly(error) || isGzipTooLarge(error)) throw error;
    /* Broken gzip is kept as it is, and nobody can read more of it than its bytes. */
    return kindsIn(file.parts());
  }
}

async function kindsIn(parts: AsyncIterable<Uint8Array>): Promise<readonly SecretKind[]> {
  const scan = new SecretScan();
  for await (const part of parts) scan.read(part);
  return scan.kinds;
}
