import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { largeBuffer } from '@tributary/kernel';

/** Bytes of one read. */
const READ_BYTES = 1024 * 1024;

/** Reads a file of any size into a buffer whose memory `releaseMemory` can free at once. */
export async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = largeBuffer(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(size - at, READ_BYTES), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Writes all bytes. A single write may accept fewer without an error, as on a disk that is almost full. */
export async function writeAll(file: Pick<FileHandle, 'write'>, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    if (bytesWritten === 0) throw new Error('the disk accepts no more bytes');
    at += bytesWritten;
  }
}
