import { constants, gunzipSync } from 'node:zlib';

/** A small file may unpack to far more than fits; such a file stays packed. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** The bytes behind gzip, as far as they go where the file is cut short; other bytes, and broken ones, as they are. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_BYTES });
  } catch {
    return bytes;
  }
}
