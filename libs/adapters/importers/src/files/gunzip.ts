import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { Fault } from '@tributary/kernel';

/** Files that decompress to more are left compressed. */
const MAX_DECOMPRESSED_BYTES = 1024 * 1024 * 1024;

/** What gzip holds, and how many bytes of it were read. */
type Inflated = { readonly content: Uint8Array; readonly read: number };

/** Decompresses gzip, as far as possible if it is truncated. Other bytes and broken gzip are returned as they are. */
export const gunzip = (bytes: Uint8Array): Uint8Array => inflated(bytes).content;

/** As `gunzip`. Throws Fault `gzip_ends_early` where bytes follow that were not read. */
export function gunzipFile(path: string, bytes: Uint8Array): Uint8Array {
  const { content, read } = inflated(bytes);
  if (read < bytes.length) throw gzipEndsEarly(path, read, bytes.length);
  return content;
}

/** The first bytes of a file of `size` bytes. */
type Head = { readonly path: string; readonly bytes: Uint8Array; readonly size: number };

/**
 * As `gunzipFile`, for the first bytes of a file. Decompressing ends at the bytes that are wanted, because gzip may hold a
 * thousand times as much as it has itself; what comes after them is not looked at, and whoever reads it finds out.
 */
export async function gunzipHead({ path, bytes, size }: Head, wanted: number): Promise<Uint8Array> {
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  unpacked.end(bytes);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of unpacked) {
      if (part instanceof Uint8Array) parts.push(part);
      length += parts.at(-1)?.length ?? 0;
      if (length >= wanted) return Buffer.concat(parts);
    }
  } catch {
    return bytes;
  }
  if (unpacked.bytesWritten < bytes.length) throw gzipEndsEarly(path, unpacked.bytesWritten, size);
  return Buffer.concat(parts);
}

/** Whether bytes begin as gzip does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Node ends at a zero byte after a member of gzip, and leaves what follows unread and unsaid. */
export const gzipEndsEarly = (path: string, read: number, size: number): Fault =>
  new Fault(
    GZIP_ENDS_EARLY,
    `${path}: its gzip ends at byte ${read} of ${size}, and what follows was not read; pack the file again without padding, then import it again (what is stored counts once)`,
  );

export const isGzipEndsEarly = (error: unknown): boolean =>
  error instanceof Fault && error.code === GZIP_ENDS_EARLY;

const GZIP_ENDS_EARLY = 'gzip_ends_early';

function inflated(bytes: Uint8Array): Inflated {
  const asTheyAre = { content: bytes, read: bytes.length };
  if (!isGzip(bytes)) return asTheyAre;
  try {
    const { buffer, engine }: { buffer: Buffer; engine: { bytesWritten: number } } = Object(
      gunzipSync(bytes, {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MAX_DECOMPRESSED_BYTES,
        info: true,
      }),
    );
    return { content: buffer, read: engine.bytesWritten };
  } catch {
    return asTheyAre;
  }
}
