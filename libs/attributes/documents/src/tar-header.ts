import { Fault } from '@tributary/kernel';

export const TAR_BLOCK = 512;

const MAGIC_AT = 257;
const CHECKSUM_AT = 148;
const CHECKSUM_BYTES = 8;
const SPACE = 0x20;

/** What a header says of the bytes behind it. */
export type TarHeader = {
  readonly name: string;
  readonly size: number;
  /** Links, devices and folders have none, whatever size is written. */
  readonly hasBody: boolean;
  /** `pax`, `long name` and `note` are about what is behind them; `other` are links, folders and devices. */
  readonly kind: 'file' | 'pax' | 'long name' | 'note' | 'other';
};

/** Whether content begins as an archive of POSIX or GNU tar. */
export const isTar = (head: Buffer): boolean =>
  head.subarray(MAGIC_AT, MAGIC_AT + 5).toString('latin1') === 'ustar';

/** Reads the header at a byte of an archive. Throws Fault `file_broken` where it is none, or none that can be followed. */
export function tarHeader(block: Buffer, at: number): TarHeader {
  if (!isTar(block) || octal(block, CHECKSUM_AT, CHECKSUM_BYTES) !== checksumOf(block))
    throw new Fault('file_broken', `there is no header of a tar member at byte ${at}, where one should be`);
  const size = sizeOf(block);
  if (size === undefined)
    throw new Fault('file_broken', `the tar header at byte ${at} has no size that can be read`);
  const type = String.fromCharCode(block[156] ?? 0);
  if (type === SPARSE)
    throw new Fault('file_broken', `the tar member at byte ${at} is stored with holes, which is not read`);
  return { name: nameIn(block), size, hasBody: !WITHOUT_BODY.test(type), kind: KINDS.get(type) ?? 'other' };
}

const KINDS = new Map<string, TarHeader['kind']>([
  ['0', 'file'],
  ['\0', 'file'],
  ['7', 'file'],
  ['x', 'pax'],
  ['L', 'long name'],
  ['K', 'note'],
  ['g', 'note'],
]);

const WITHOUT_BODY = /^[1-6]$/;
/** A sparse file of GNU has more headers behind its own. */
const SPARSE = 'S';

/** The sum of the bytes of a header, in which the checksum itself counts as spaces. */
function checksumOf(block: Buffer): number {
  let sum = CHECKSUM_BYTES * SPACE;
  for (const [at, byte] of block.entries())
    if (at < CHECKSUM_AT || at >= CHECKSUM_AT + CHECKSUM_BYTES) sum += byte;
  return sum;
}

/** In octal digits, or, as GNU has it where they do not suffice, in bytes behind one with its highest bit set. */
function sizeOf(block: Buffer): number | undefined {
  const size = ((block[124] ?? 0) & 0x80) === 0 ? octal(block, 124, 12) : block.readUIntBE(130, 6);
  return Number.isSafeInteger(size) ? size : undefined;
}

function octal(block: Buffer, from: number, length: number): number {
  const digits = textUntilNul(block.subarray(from, from + length)).trim();
  return /^[0-7]*$/.test(digits) ? Number(`0o${digits || '0'}`) : Number.NaN;
}

/** GNU keeps times where POSIX has the first part of a long path. */
function nameIn(block: Buffer): string {
  const name = textUntilNul(block.subarray(0, 100));
  const isPosix = block[MAGIC_AT + 5] === 0;
  const prefix = isPosix ? textUntilNul(block.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

export function textUntilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
}

/** The records of an extended header, `LENGTH KEY=VALUE`; as far as they can be read. */
export function paxRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(SPACE, at);
    const length = Number(bytes.subarray(at, space).toString('latin1'));
    if (space < 0 || !Number.isSafeInteger(length) || length <= space - at) break;
    const record = bytes.subarray(space + 1, at + length - 1).toString('utf8');
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
