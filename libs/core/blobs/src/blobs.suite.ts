import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Blobs } from './blobs.ts';

/** The laws of a blob store, whatever it is made of. */
export function describeBlobs(name: string, open: () => Blobs): void {
  const content = Buffer.from('{"weights":[]}');
  const sha256 = createHash('sha256').update(content).digest('hex');

  describe(`${name}: a blob store`, () => {
    it('gives back what was put under the digest of its content', async () => {
      const blobs = open();
      expect(await blobs.put(content)).toEqual({ sha256, bytes: content.length, known: false });
      expect(await blobs.read(sha256)).toEqual(content);
      expect(blobs.has(sha256)).toBe(true);
    });

    it('takes content in pieces, and gives it back in pieces', async () => {
      const blobs = open();
      const pieces = async function* () {
        for (const byte of content) yield Buffer.from([byte]);
      };
      expect(await blobs.put(pieces())).toEqual({ sha256, bytes: content.length, known: false });
      expect(await readAll(blobs, sha256)).toEqual(content);
    });

    it('knows content again, whole or in pieces', async () => {
      const blobs = open();
      await blobs.put(content, sha256);
      const again = { sha256, bytes: content.length, known: true };
      expect(await blobs.put(content, sha256)).toEqual(again);
      expect(await blobs.put(inPieces(content), sha256)).toEqual(again);
    });

    it('keeps nothing of content that is not what was expected', async () => {
      const blobs = open();
      const other = 'f'.repeat(64);
      for (const offered of [content, inPieces(content)])
        await expect(blobs.put(offered, other)).rejects.toMatchObject({ code: 'blob_mismatch' });
      expect([blobs.has(other), blobs.has(sha256)]).toEqual([false, false]);
    });

    it('keeps nothing of content whose stream breaks off, and passes its error on', async () => {
      const blobs = open();
      const broken = async function* () {
        yield content;
        throw new Error('the client went away');
      };
      await expect(blobs.put(broken())).rejects.toThrow('the client went away');
      expect(blobs.has(sha256)).toBe(false);
    });

    it('stores the same content once when it is put several times at once', async () => {
      const blobs = open();
      const puts = await Promise.all(Array.from({ length: 8 }, () => blobs.put(content)));
      expect(new Set(puts.map((put) => put.sha256))).toEqual(new Set([sha256]));
      expect(await blobs.read(sha256)).toEqual(content);
    });

    it('knows nothing of other digests, nor of names that are none', async () => {
      const blobs = open();
      for (const unknown of ['0'.repeat(64), '../../etc/passwd', '', sha256.toUpperCase()]) {
        expect(blobs.has(unknown)).toBe(false);
        expect(blobs.open(unknown)).toBeUndefined();
        expect(await blobs.read(unknown)).toBeUndefined();
      }
    });

    it('keeps empty content', async () => {
      const blobs = open();
      const empty = await blobs.put(new Uint8Array());
      expect(await blobs.read(empty.sha256)).toHaveLength(0);
      expect(await readAll(blobs, empty.sha256)).toHaveLength(0);
    });
  });
}

async function* inPieces(content: Buffer): AsyncIterable<Buffer> {
  yield content.subarray(0, 5);
  yield content.subarray(5);
}

export async function readAll(blobs: Blobs, sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of blobs.open(sha256) ?? []) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
