import { crc32 } from 'node:zlib';

/** A complete record, and the offset of its first frame in the file. */
type LogRecord = { readonly bytes: Uint8Array; readonly offset: number };

/** Bytes without a complete record: `truncated` if the file ends within the record, `corrupt` if a checksum is wrong. */
type Gap = { readonly kind: 'truncated' | 'corrupt'; readonly from: number; readonly to: number };

export type LogContent = { readonly records: readonly LogRecord[]; readonly gaps: readonly Gap[] };

const BLOCK = 32_768;
const FRAME_HEADER = 7;
const FILE_HEADER = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;

type Frame = { readonly type: number; readonly payload: Uint8Array; readonly end: number };

/** Whether bytes start with the header of a `.wandb` file: `:W&B`, 0xBEE1 and version 0, little-endian. */
export function isWandbLog(bytes: Uint8Array): boolean {
  const header = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0];
  return header.every((byte, index) => bytes[index] === byte);
}

/**
 * Reads the records of a `.wandb` file: a LevelDB log of 32 KiB blocks, whose checksum is the CRC-32 of zlib seeded
 * with that of the type byte. After a corrupt frame, reading continues at the next valid frame of its block, or at the
 * next block.
 */
export function logRecords(file: Uint8Array): LogContent {
  const assembly = new Assembly();
  let at = FILE_HEADER;
  while (at < file.length) {
    const left = BLOCK - (at % BLOCK);
    const frame = left < FRAME_HEADER ? 'padding' : frameAt(file, at, left);
    if (frame === 'truncated') break;
    const end = endOf(frame, file, at, left);
    if (frame === 'corrupt') assembly.drop('corrupt', at, Math.min(end, file.length));
    else if (frame !== 'padding') assembly.add(frame, at);
    at = end;
  }
  assembly.finish(Math.min(at, file.length), file.length);
  return assembly;
}

/** Assembles records from their frames. */
class Assembly implements LogContent {
  readonly records: LogRecord[] = [];
  readonly gaps: Gap[] = [];
  #open: { readonly payloads: Uint8Array[]; readonly offset: number } | undefined;

  add({ type, payload, end }: Frame, at: number): void {
    const starts = type === FULL || type === FIRST;
    if (starts === (this.#open !== undefined)) this.drop('corrupt', at, starts ? at : end);
    if (starts) this.#open = { payloads: [], offset: at };
    if (!this.#open) return;
    this.#open.payloads.push(payload);
    if (type === FULL || type === LAST) {
      this.records.push({ bytes: Buffer.concat(this.#open.payloads), offset: this.#open.offset });
      this.#open = undefined;
    }
  }

  drop(kind: Gap['kind'], from: number, to: number): void {
    this.gaps.push({ kind, from: this.#open?.offset ?? from, to });
    this.#open = undefined;
  }

  /** Reports the bytes from `at` on, or an incomplete record, as truncated. */
  finish(at: number, length: number): void {
    if (this.#open !== undefined || at < length) this.drop('truncated', at, length);
  }
}

// oxlint-disable-next-line max-params -- a frame and its offset
function endOf(frame: Frame | 'corrupt' | 'padding', file: Uint8Array, at: number, left: number): number {
  if (frame === 'padding') return at + left;
  return frame === 'corrupt' ? nextFrame(file, at, left) : frame.end;
}

function frameAt(file: Uint8Array, at: number, left: number): Frame | 'truncated' | 'corrupt' {
  if (at + FRAME_HEADER > file.length) return 'truncated';
  const view = new DataView(file.buffer, file.byteOffset + at);
  const length = view.getUint16(4, true);
  const type = view.getUint8(6);
  if (type < FULL || type > LAST || FRAME_HEADER + length > left) return 'corrupt';
  const end = at + FRAME_HEADER + length;
  if (end > file.length) return 'truncated';
  const payload = file.subarray(at + FRAME_HEADER, end);
  const seeded = crc32(payload, crc32(Uint8Array.of(type)));
  return seeded === view.getUint32(0, true) ? { type, payload, end } : 'corrupt';
}

/** Where reading continues: after the corrupt frame if a valid frame follows it, otherwise at the next block. */
function nextFrame(file: Uint8Array, at: number, left: number): number {
  const length = new DataView(file.buffer, file.byteOffset + at).getUint16(4, true);
  const end = at + FRAME_HEADER + length;
  const rest = left - FRAME_HEADER - length;
  const isFollowed = rest >= FRAME_HEADER && typeof frameAt(file, end, rest) === 'object';
  return isFollowed ? end : at + left;
}
