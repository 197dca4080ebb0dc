import { open } from 'node:fs/promises';
import { largeBuffer } from '@tributary/kernel';

const SLICE = 1024 * 1024;

/** A file of any size, in a buffer whose memory can be given back at once. */
export async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = largeBuffer(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(size - at, SLICE), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
