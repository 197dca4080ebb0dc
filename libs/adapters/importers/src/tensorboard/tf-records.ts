/** A complete record, and the offset of its frame in the file. */
export type TfRecord = { readonly bytes: Uint8Array; readonly offset: number };

/** Bytes without a complete record: `truncated` if the file ends within the record, `corrupt` if a checksum is wrong. */
export type TfGap = { readonly kind: 'truncated' | 'corrupt'; readonly from: number; readonly to: number };

const LENGTH = 8;
const CRC = 4;
const HEADER = LENGTH + CRC;

/**
 * Reads TFRecord frames: length, its masked CRC-32C, the bytes, their masked CRC-32C, little-endian. A record with
 * corrupt bytes is skipped. A corrupt length ends the file, because the next frame cannot be found.
 */
export function tfRecords(file: Uint8Array): {
  readonly records: readonly TfRecord[];
  readonly gaps: readonly TfGap[];
} {
  const records: TfRecord[] = [];
  const gaps: TfGap[] = [];
  let at = 0;
  while (at < file.length) {
    const length = lengthAt(file, at);
    const end = at + HEADER + (length ?? 0) + CRC;
    if (length === undefined || at + HEADER > file.length || end > file.length) {
      const kind = length === undefined && at + HEADER <= file.length ? 'corrupt' : 'truncated';
      gaps.push({ kind, from: at, to: file.length });
      break;
    }
    const bytes = file.subarray(at + HEADER, end - CRC);
    const isValid =
      maskedCrc32c(bytes) === new DataView(file.buffer, file.byteOffset + end - CRC).getUint32(0, true);
    if (isValid) records.push({ bytes, offset: at });
    else gaps.push({ kind: 'corrupt', from: at, to: end });
    at = end;
  }
  return { records, gaps };
}

/** The length of the record at an offset; undefined if its checksum is wrong or missing. */
export function lengthAt(file: Uint8Array, at: number): number | undefined {
  if (at + HEADER > file.length) return undefined;
  const view = new DataView(file.buffer, file.byteOffset + at);
  const length = view.getBigUint64(0, true);
  const isValid = maskedCrc32c(file.subarray(at, at + LENGTH)) === view.getUint32(LENGTH, true);
  return isValid && length <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(length) : undefined;
}

/** CRC-32C (Castagnoli), reflected polynomial 0x82F63B78. */
const TABLE = Uint32Array.from({ length: 256 }, (_value, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/**
 * The checksum as TFRecord stores it: rotated and offset, so that the checksum of data that contain checksums stays
 * meaningful.
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
