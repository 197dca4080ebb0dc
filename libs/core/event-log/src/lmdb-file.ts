import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The file format of LMDB (MDB_DATA_VERSION 2 in mdb.c of lmdb 3.5.6, 64 bits, little endian). All numbers are offsets in
 * bytes. A page has a header of 24 bytes; the first two pages are meta pages, of which the one with the larger
 * transaction id counts.
 */
const HEADER = 24;
const FLAGS = 18;
/** End of the pointers to the nodes of a page, counted from the end of the header. */
const LOWER = 20;
const BRANCH = 0x01;
const LEAF = 0x02;
const META = 0x08;
const FIXED_SIZE = 0x20;
const BIG_DATA = 0x01;
const SUB_DATABASE = 0x02;
/** Within a description of a database: its root. */
const ROOT = 40;
const NO_ROOT = 0xffff_ffff_ffff_ffffn;
const meta = {
  magic: HEADER,
  version: HEADER + 4,
  pageSize: HEADER + 24,
  freeRoot: HEADER + 24 + ROOT,
  mainRoot: HEADER + 24 + 48 + ROOT,
  lastPage: HEADER + 120,
  transaction: HEADER + 128,
  end: HEADER + 136,
} as const;

const MAGIC = 0xbeefc0de;
const VERSION = 2;
/** LMDB's own limit (CURSOR_STACK). */
const MOST_LEVELS = 32;

/**
 * What makes the LMDB file of a directory unreadable, in words; undefined where nothing does, or there is no file. LMDB maps the
 * file and trusts it: a page that it needs beyond the end of the file ends the process. Reads the two meta pages; where
 * the file is shorter than they say, which is no damage while the pages there are unused, also the trees.
 */
export function lmdbFileDamage(directory: string): string | undefined {
  const path = join(directory, 'data.mdb');
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { size } = fstatSync(file);
    if (size === 0) return undefined;
    const damage = damageOf((offset, bytes) => readAt(file, offset, bytes), size);
    return damage && `${path} is damaged: ${damage}`;
  } finally {
    closeSync(file);
  }
}

/** Reads bytes of a file from an offset on; fewer where it ends. */
type ReadAt = (offset: number, bytes: number) => Buffer;

/** As `lmdbFileDamage`, of a file that is not empty. */
export function damageOf(read: ReadAt, size: number): string | undefined {
  const first = read(0, meta.end);
  if (!isMeta(first)) return 'its first page is not one of LMDB';
  const pageSize = first.readUInt32LE(meta.pageSize);
  if (!(pageSize >= 512 && pageSize <= 65_536 && Number.isInteger(Math.log2(pageSize))))
    return `its pages have ${pageSize} bytes`;
  const second = read(pageSize, meta.end);
  if (!isMeta(second)) return 'its second page is not one of LMDB';
  const [newest] = [first, second].toSorted((one, other) =>
    Number(other.readBigUInt64LE(meta.transaction) - one.readBigUInt64LE(meta.transaction)),
  );
  const pages = newest === undefined ? 0 : Number(newest.readBigUInt64LE(meta.lastPage)) + 1;
  const there = Math.floor(size / pageSize);
  if (newest === undefined || pages <= there) return undefined;
  const roots = [newest.readBigUInt64LE(meta.freeRoot), newest.readBigUInt64LE(meta.mainRoot)];
  const page = (number: number): Buffer | undefined =>
    number < there ? read(number * pageSize, pageSize) : undefined;
  if (isWhole(roots, { page, there })) return undefined;
  return `it has ${size} bytes and lacks pages that are in use, of ${pages} pages of ${pageSize} bytes`;
}

const isMeta = (page: Buffer): boolean =>
  page.length === meta.end &&
  (page.readUInt16LE(FLAGS) & META) !== 0 &&
  page.readUInt32LE(meta.magic) === MAGIC &&
  (page.readUInt32LE(meta.version) & 0xffff) === VERSION;

type Pages = { readonly page: (number: number) => Buffer | undefined; readonly there: number };

/** Whether each page of the trees with these roots is there. */
function isWhole(roots: readonly bigint[], { page, there }: Pages): boolean {
  const holds = (root: bigint, level: number): boolean => {
    if (root === NO_ROOT) return true;
    const bytes = level < MOST_LEVELS ? page(Number(root)) : undefined;
    return bytes !== undefined && refersOnlyTo(bytes, { there, holds: (child) => holds(child, level + 1) });
  };
  try {
    return roots.every((root) => holds(root, 0));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

type Referred = { readonly there: number; readonly holds: (child: bigint) => boolean };

function refersOnlyTo(page: Buffer, { there, holds }: Referred): boolean {
  const flags = page.readUInt16LE(FLAGS);
  if ((flags & FIXED_SIZE) !== 0) return true;
  if ((flags & (BRANCH | LEAF)) === 0) return false;
  const count = page.readUInt16LE(LOWER) / 2;
  for (let n = 0; n < count; n += 1) {
    const node = page.subarray(HEADER + page.readUInt16LE(HEADER + 2 * n));
    if (!((flags & BRANCH) !== 0 ? holds(BigInt(node.readUIntLE(0, 6))) : isStored(node, { there, holds })))
      return false;
  }
  return true;
}

/** Whether what a node of a leaf refers to is there: pages of its value, or a database. */
function isStored(node: Buffer, { there, holds }: Referred): boolean {
  const flags = node.readUInt16LE(4);
  const data = 8 + node.readUInt16LE(6);
  if ((flags & BIG_DATA) !== 0)
    return node.readBigUInt64LE(data) + node.readBigUInt64LE(data + 16) <= BigInt(there);
  return (flags & SUB_DATABASE) === 0 || holds(node.readBigUInt64LE(data + ROOT));
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readAt(file: number, offset: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(file, buffer, 0, bytes, offset));
}
