import { crc32 } from 'node:zlib';
import { parseEventPosition, START } from '@tributary/kernel';
import type { RecordedEvent } from './event-log.ts';
import { writeUuid } from './uuid.ts';

/**
 * The format of a chunk of consecutive events, little endian:
 *
 *     header   magic u32 · crc32 u32 of all from here to the payloads · first position f64 ·
 *              events u32 · names u32 · payload start u32 · names start u32
 *     entries  one of ENTRY_BYTES per event: record time f64 · stream sequence f64 ·
 *              position of the stream's previous event f64 · payload end u32 · id end u32 ·
 *              names of source, type and stream u32 each · id kind u32 · SHA-256
 *     ids      16 bytes for a UUID, else UTF-8
 *     names    byte length u32 and UTF-8, each text once
 *     payloads
 *
 * The checksum covers all bytes that the hashes of the events do not.
 */
export const MAGIC = 0x314b4e43;
export const HEADER_BYTES = 32;
export const ENTRY_BYTES = 80;
export const HASH_AT = 48;
export const ID_UUID = 1;
const ID_TEXT = 2;

/** Consecutive events, each with the position of the previous event of its stream (0: it is the first). */
export type ChunkContent = {
  readonly events: readonly RecordedEvent[];
  readonly previous: readonly number[];
};

class Names {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

/** An upper bound of the length of a chunk of these events, in bytes. */
export function chunkBound(events: readonly RecordedEvent[]): number {
  let bytes = HEADER_BYTES;
  for (const { source, id, type, stream, bytes: payload } of events) {
    bytes +=
      ENTRY_BYTES + 28 + 3 * (source.length + id.length + type.length + stream.length) + payload.length;
  }
  return bytes;
}

/** Writes a chunk into the target, which must have `chunkBound` bytes from the offset on. Returns the offset after it. */
export function writeChunk(target: Buffer, offset: number, content: ChunkContent): number {
  const chunk = target.subarray(offset);
  const names = new Names();
  const idsEnd = writeEntries(chunk, content, names);
  const payloadStart = writeNames(chunk, idsEnd, names.texts);
  let end = payloadStart;
  for (const { bytes } of content.events) {
    chunk.set(bytes, end);
    end += bytes.length;
  }
  chunk.writeUInt32LE(MAGIC, 0);
  chunk.writeDoubleLE(parseEventPosition(content.events[0]?.position ?? START), 8);
  chunk.writeUInt32LE(content.events.length, 16);
  chunk.writeUInt32LE(names.texts.length, 20);
  chunk.writeUInt32LE(payloadStart, 24);
  chunk.writeUInt32LE(idsEnd, 28);
  chunk.writeUInt32LE(crc32(chunk.subarray(8, payloadStart)), 4);
  return offset + end;
}

function writeEntries(chunk: Buffer, { events, previous }: ChunkContent, names: Names): number {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const idsStart = HEADER_BYTES + events.length * ENTRY_BYTES;
  let idEnd = idsStart;
  let payloadEnd = 0;
  let at = HEADER_BYTES;
  for (const [index, event] of events.entries()) {
    const isUuid = writeUuid(event.id, chunk, idEnd);
    idEnd += isUuid ? 16 : chunk.write(event.id, idEnd);
    payloadEnd += event.bytes.length;
    view.setFloat64(at, event.recordTime, true);
    view.setFloat64(at + 8, event.streamSequence, true);
    view.setFloat64(at + 16, previous[index] ?? 0, true);
    view.setUint32(at + 24, payloadEnd, true);
    view.setUint32(at + 28, idEnd - idsStart, true);
    view.setUint32(at + 32, names.number(event.source), true);
    view.setUint32(at + 36, names.number(event.type), true);
    view.setUint32(at + 40, names.number(event.stream), true);
    view.setUint32(at + 44, isUuid ? ID_UUID : ID_TEXT, true);
    chunk.write(event.hash, at + HASH_AT, 32, 'hex');
    at += ENTRY_BYTES;
  }
  return idEnd;
}

function writeNames(chunk: Buffer, start: number, texts: readonly string[]): number {
  let at = start;
  for (const text of texts) {
    const length = chunk.write(text, at + 4);
    chunk.writeUInt32LE(length, at);
    at += 4 + length;
  }
  return at;
}
