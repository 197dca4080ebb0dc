import { Readable } from 'node:stream';
import type { Blobs } from './blobs.ts';
import { digestOf, mismatch, chunksOf } from './digest.ts';

/** Blobs in memory, for tests. */
export function memoryBlobs(): Blobs {
  const contents = new Map<string, Buffer>();
  return {
    put: async (content, expected) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of chunksOf(content)) chunks.push(Buffer.from(chunk));
      const bytes = Buffer.concat(chunks);
      const sha256 = digestOf(bytes);
      if (expected !== undefined && expected !== sha256) throw mismatch(expected, sha256);
      const known = contents.has(sha256);
      contents.set(sha256, bytes);
      return { sha256, bytes: bytes.length, known };
    },
    read: async (sha256) => contents.get(sha256),
    open: (sha256) => {
      const bytes = contents.get(sha256);
      return bytes && Readable.from([bytes]);
    },
    has: (sha256) => contents.has(sha256),
    removed: () => undefined,
    readRange: async (sha256, from, length) => contents.get(sha256)?.subarray(from, from + length),
    bytesOf: (sha256) => contents.get(sha256)?.length,
  };
}
