import type { Readable } from 'node:stream';

/** Bytes at once, or as a stream of chunks. */
export type Content = Uint8Array | AsyncIterable<Uint8Array>;

export type PutResult = {
  /** SHA-256 of the content, lower-case hex. It names the blob. */
  readonly sha256: string;
  readonly bytes: number;
  /** Whether the content was stored before. */
  readonly known: boolean;
};

/**
 * A content-addressed store: content too long for the log, named by its SHA-256 and never changed. Throws Faults:
 * `blob_mismatch` for content that has not the expected digest, `blob_removed` for content that was removed for good, `blob_damaged` for stored bytes that are not what was
 * written, `blob_unreadable` (retryable) where the disk gives no answer, `disk_full` (retryable) and `blob_write_failed` after a failed write. Nothing is kept of a put that throws.
 */
export type Blobs = {
  /** Resolves once the content is durable. `expected` is the SHA-256 that the content must have, lower-case hex. */
  put(content: Content, expected?: string): Promise<PutResult>;
  /** The whole content; undefined where it is not stored. */
  read(sha256: string): Promise<Buffer | undefined>;
  /** As `read`, as a stream. It ends with Fault `blob_damaged` after the last byte where the digest differs. */
  open(sha256: string): Readable | undefined;
  has(sha256: string): boolean;
  /** Why content was removed for good, and is not stored again; undefined where it was not. */
  removed(sha256: string): string | undefined;
  /**
   * Bytes `from` up to `from + length` of the content, fewer where it ends before; undefined where it is not stored. The
   * whole content is compared with its digest once, and memory holds the part alone.
   */
  readRange(sha256: string, from: number, length: number): Promise<Buffer | undefined>;
  /** Length of the content in bytes; undefined where it is not stored. */
  bytesOf(sha256: string): number | undefined;
};
