import type { Readable } from 'node:stream';

/** Bytes at once, or as they come. */
export type Content = Uint8Array | AsyncIterable<Uint8Array>;

export type PutResult = {
  /** SHA-256 of the content, lower-case hex: its name. */
  readonly sha256: string;
  readonly bytes: number;
  /** The content was there before. */
  readonly known: boolean;
};

/**
 * Content beside the log, named by its digest and never changed. Throws Fault `blob_mismatch` for content that is not
 * what was expected, `blob_damaged` for stored bytes that are not what was written, `blob_write_failed` after a
 * failed write; nothing of a put that throws is kept.
 */
export type Blobs = {
  /** Resolves once the content is durable. */
  put(content: Content, expected?: string): Promise<PutResult>;
  read(sha256: string): Promise<Buffer | undefined>;
  /** As `read`, in pieces; the stream ends with the Fault when the last byte shows damage. */
  open(sha256: string): Readable | undefined;
  has(sha256: string): boolean;
};
