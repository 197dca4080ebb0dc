import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { damaged } from './digest.ts';

/** Bytes of one read while a file is compared with its digest. */
const READ_BYTES = 1024 * 1024;

/** Files that are remembered; the oldest of more is compared again. */
const MAX_KNOWN = 10_000;

/** Part of a file: `length` bytes from byte `from` on, fewer where the file ends before. */
export type Part = { readonly from: number; readonly length: number };

/**
 * Reads parts of files whose names are the SHA-256 of their content. The whole file is compared once, before its first part is
 * believed, and again when it is another file by number, size or time of change. Memory does not grow with the file.
 */
export class VerifiedFiles {
  readonly #known = new Map<string, { readonly identity: string; readonly compared: Promise<void> }>();

  /** Throws Fault `blob_damaged` where the content of the file is another one, and the errors of the file system. */
  async read(path: string, sha256: string, { from, length }: Part): Promise<Buffer> {
    const file = await open(path, 'r');
    try {
      await this.#compare(file, sha256);
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, await fill(file, bytes, from));
    } finally {
      await file.close();
    }
  }

  async #compare(file: FileHandle, sha256: string): Promise<void> {
    const { ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
    const identity = [ino, size, mtimeNs, ctimeNs].join(' ');
    const known = this.#known.get(sha256);
    if (known?.identity === identity) return known.compared;
    const compared = compare(file, sha256);
    this.#remember(sha256, { identity, compared });
    try {
      await compared;
    } catch (error) {
      if (this.#known.get(sha256)?.compared === compared) this.#known.delete(sha256);
      throw error;
    }
  }

  #remember(sha256: string, entry: { readonly identity: string; readonly compared: Promise<void> }): void {
    this.#known.delete(sha256);
    this.#known.set(sha256, entry);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}

async function compare(file: FileHandle, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  const bytes = Buffer.alloc(READ_BYTES);
  for (let at = 0; ;) {
    const read = await fill(file, bytes, at);
    hash.update(bytes.subarray(0, read));
    at += read;
    if (read < bytes.length) break;
  }
  if (hash.digest('hex') !== sha256) throw damaged(sha256);
}

/** Fills the bytes from a position of the file on, and says how many there were. */
async function fill(file: FileHandle, bytes: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
