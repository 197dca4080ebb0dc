import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Blobs } from './blobs.ts';

/** What holds of every blob store. */
export function describeBlobs(name: string, open: () => Blobs): void {
  const content = Buffer.from('{"weights":[]}');
  const sha256 = createHash('sha256').update(content).digest('hex');

  describe(`${name}: a blob store`, () => {
    it('returns content by its digest', async () => {
      const blobs = open();
      expect(await blobs.put(content)).toEqual({ sha256, bytes: content.length, known: false });
      expect(await blobs.read(sha256)).toEqual(content);
      expect(blobs.has(sha256)).toBe(true);
    });

    it('accepts and returns content as a stream', async () => {
      const blobs = open();
      const chunks = async function* () {
        for (const byte of content) yield Buffer.from([byte]);
      };
      expect(await blobs.put(chunks())).toEqual({ sha256, bytes: content.length, known: false });
      expect(await readAll(blobs, sha256)).toEqual(content);
    });

    it('recognises stored content, whole or as a stream', async () => {
      const blobs = open();
      await blobs.put(content, sha256);
      const again = { sha256, bytes: content.length, known: true };
      expect(await blobs.put(content, sha256)).toEqual(again);
      expect(await blobs.put(inChunks(content), sha256)).toEqual(again);
    });

    it('keeps nothing of content without the expected digest', async () => {
      const blobs = open();
      const other = 'f'.repeat(64);
      for (const offered of [content, inChunks(content)])
        await expect(blobs.put(offered, other)).rejects.toMatchObject({ code: 'blob_mismatch' });
      expect([blobs.has(other), blobs.has(sha256)]).toEqual([false, false]);
    });

    it('keeps nothing of content whose stream fails, and rejects with its error', async () => {
      const blobs = open();
      const broken = async function* () {
        yield content;
        throw new Error('the client disconnected');
      };
      await expect(blobs.put(broken())).rejects.toThrow('the client disconnected');
      expect(blobs.has(sha256)).toBe(false);
    });

    it('stores content once when it is put several times at once', async () => {
      const blobs = open();
      const puts = await Promise.all(Array.from({ length: 8 }, () => blobs.put(content)));
      expect(new Set(puts.map((put) => put.sha256))).toEqual(new Set([sha256]));
      expect(await blobs.read(sha256)).toEqual(content);
    });

    it('has no other digests and no invalid names', async () => {
      const blobs = open();
      for (const unknown of ['0'.repeat(64), '../../etc/passwd', '', sha256.toUpperCase()]) {
        expect(blobs.has(unknown)).toBe(false);
        expect(blobs.open(unknown)).toBeUndefined();
        expect(await blobs.read(unknown)).toBeUndefined();
      }
    });

    it('returns parts of content', async () => {
      const blobs = open();
      await blobs.put(content);
      expect(blobs.bytesOf(sha256)).toBe(content.length);
      for (const [from, length] of [
        [0, content.length],
        [2, 5],
        [content.length - 1, 10],
        [content.length + 3, 1],
        [4, 0],
      ] as const)
        expect(await blobs.readRange(sha256, from, length)).toEqual(content.subarray(from, from + length));
      expect(await blobs.readRange('0'.repeat(64), 0, 1)).toBeUndefined();
      expect(blobs.bytesOf('0'.repeat(64))).toBeUndefined();
    });

    it('keeps empty content', async () => {
      const blobs = open();
      const empty = await blobs.put(new Uint8Array());
      expect(await blobs.read(empty.sha256)).toHaveLength(0);
      expect(await readAll(blobs, empty.sha256)).toHaveLength(0);
    });
  });
}

async function* inChunks(content: Buffer): AsyncIterable<Buffer> {
  yield content.subarray(0, 5);
  yield content.subarray(5);
}

export async function readAll(blobs: Blobs, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of blobs.open(sha256) ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
