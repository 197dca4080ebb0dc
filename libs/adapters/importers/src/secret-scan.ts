import { SecretScan } from '@tributary/kernel';
import type { SecretKind } from '@tributary/kernel';
import type { SourceFile } from './files/folder.ts';

/** The kinds of secrets in the bytes of a file, text or binary. */
export async function secretKindsIn(file: SourceFile): Promise<readonly SecretKind[]> {
  const scan = new SecretScan();
  for await (const part of partsOf(file)) scan.read(part);
  return scan.kinds;
}

async function* partsOf(file: SourceFile): AsyncGenerator<Uint8Array> {
  const [first, second] = await file.head();
  if (first === 0x1f && second === 0x8b) yield await file.content();
  else yield* file.parts();
}
