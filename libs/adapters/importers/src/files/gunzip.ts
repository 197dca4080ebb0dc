import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { Fault } from '@tributary/kernel';

const MIB = 1024 * 1024;

/** What a file of gzip may hold, in bytes. */
type GzipLimits = {
  /** As much as this, whatever the file itself has. */
  readonly least: number;
  /** Beyond that, so many times the bytes of the file. Deflate reaches 1,032 with one byte that is repeated. */
  readonly ratio: number;
  /** Never more. */
  readonly most: number;
};

/** Times the bytes of a file of gzip that it may hold, where nothing else is configured. */
export const INFLATION_RATIO = 500;

/** The environment variable that changes it; refusals name it. */
export const INFLATION_VARIABLE = 'TRIBUTARY_IMPORT_INFLATION_RATIO';

/** Of a file that is held in memory as one text: the longest text of Node has 512 MiB. */
export const heldAsText = (ratio = INFLATION_RATIO): GzipLimits => ({
  least: 64 * MIB,
  ratio,
  most: 511 * MIB,
});

/** Of a file that is read piece by piece: a log of some gigabytes that repeats itself is none that never ends. */
export const readInParts = (ratio = INFLATION_RATIO): GzipLimits => ({
  least: 4096 * MIB,
  ratio,
  most: 1024 ** 4,
});

/** The bytes that gzip of `size` bytes may hold. */
const mostOf = (size: number, { least, ratio, most }: GzipLimits): number =>
  Math.min(most, Math.max(least, size * ratio));

/** What gzip holds, and how many bytes of it were read. */
type Inflated = { readonly content: Uint8Array; readonly read: number; readonly isWhole: boolean };

/** Decompresses gzip, as far as possible if it is truncated. Other bytes, broken gzip and gzip of too much are returned as they are. */
export async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const { content, isWhole } = await inflated(bytes, mostOf(bytes.length, heldAsText()));
  return isWhole ? content : bytes;
}

/**
 * As `gunzip`. Throws Fault `gzip_ends_early` where bytes follow that were not read, and `gzip_too_large` where it holds more
 * than `limits` allow: then nothing is held, and no more is decompressed than they do.
 */
export async function gunzipFile(
  path: string,
  bytes: Uint8Array,
  limits = heldAsText(),
): Promise<Uint8Array> {
  const most = mostOf(bytes.length, limits);
  const { content, read, isWhole } = await inflated(bytes, most);
  if (!isWhole) throw gzipTooLarge({ path, bytes: bytes.length }, most, limits);
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
  const { content, read, isWhole } = await inflated(bytes, wanted - 1);
  if (isWhole && read < bytes.length) throw gzipEndsEarly(path, read, size);
  return content;
}

/** Whether bytes begin as gzip does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Node ends at a zero byte after a member of gzip, and leaves what follows unread and unsaid. */
const gzipEndsEarly = (path: string, read: number, size: number): Fault =>
  new Fault(
    GZIP_ENDS_EARLY,
    `${path}: its gzip ends at byte ${read} of ${size}, and what follows was not read; pack the file again without padding, then import it again (what is stored counts once)`,
  );

export const isGzipEndsEarly = (error: unknown): boolean =>
  error instanceof Fault && error.code === GZIP_ENDS_EARLY;

const GZIP_ENDS_EARLY = 'gzip_ends_early';

/** A file that is left out, with its name, sizes, and what to do. */
export class GzipTooLarge extends Fault<'gzip_too_large'> {
  readonly path: string;

  constructor(path: string, text: string) {
    super('gzip_too_large', `${path}: ${text}`);
    this.path = path;
  }
}

/** Names the variable where a higher ratio would take the file. */
function gzipTooLarge(
  { path, bytes }: Pick<Packed, 'path' | 'bytes'>,
  most: number,
  limits: GzipLimits,
): GzipTooLarge {
  const what =
    most < limits.most
      ? `, or set ${INFLATION_VARIABLE}, which is ${limits.ratio}`
      : '; that is fixed, because no text of Node is longer, and no file is read without an end';
  return new GzipTooLarge(
    path,
    `its ${bytes} bytes of gzip hold more than ${most}, and what is beyond was not read; if it is what it should be, split it, or describe it with a map, which reads rows one after the other${what}`,
  );
}

export const isGzipTooLarge = (error: unknown): error is GzipTooLarge => error instanceof GzipTooLarge;

/** What is found out about a file; undefined where that needs more of its content than is held, which the file then says. */
export const unlessTooLarge = <Result>(work: Promise<Result>): Promise<Result | undefined> =>
  work.catch((error: unknown) => {
    if (isGzipTooLarge(error)) return undefined;
    throw error;
  });

type Packed = {
  readonly path: string;
  readonly bytes: number;
  readonly parts: () => AsyncIterable<Uint8Array>;
};

type UnpackOptions = {
  readonly limits?: GzipLimits;
  /** Whether a truncated file is read as far as possible, or throws the error of zlib at its end. */
  readonly isTruncatedRead?: boolean;
};

/**
 * The content of a file of gzip, piece by piece. Throws the faults of `gunzipFile`, by the limits of files that are read in
 * parts, and the error of zlib for broken gzip. The file is closed when nobody reads on.
 */
export async function* unpackedParts(
  file: Packed,
  { limits = readInParts(), isTruncatedRead = true }: UnpackOptions = {},
): AsyncGenerator<Uint8Array> {
  const most = mostOf(file.bytes, limits);
  const unpacked = createGunzip(isTruncatedRead ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
  const packed = Readable.from(file.parts());
  packed.on('error', (error) => unpacked.destroy(error));
  let length = 0;
  try {
    for await (const part of packed.pipe(unpacked)) {
      if (!(part instanceof Uint8Array)) continue;
      length += part.length;
      if (length > most) throw gzipTooLarge(file, most, limits);
      yield part;
    }
  } finally {
    packed.destroy();
  }
  if (unpacked.bytesWritten < file.bytes) throw gzipEndsEarly(file.path, unpacked.bytesWritten, file.bytes);
}

/** Decompresses until there are more than `most` bytes; broken gzip is returned as it is. */
async function inflated(bytes: Uint8Array, most: number): Promise<Inflated> {
  const asTheyAre = { content: bytes, read: bytes.length, isWhole: true };
  if (!isGzip(bytes)) return asTheyAre;
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  unpacked.end(bytes);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of unpacked) {
      if (!(part instanceof Uint8Array)) continue;
      parts.push(part);
      length += part.length;
      if (length > most) return { content: Buffer.concat(parts), read: bytes.length, isWhole: false };
    }
  } catch {
    return asTheyAre;
  }
  return { content: Buffer.concat(parts), read: unpacked.bytesWritten, isWhole: true };
}
