import { crc32 } from 'node:zlib';
import { Fault, formatEventPosition } from '@tributary/kernel';
import { ENTRY_BYTES, HASH_AT, HEADER_BYTES, ID_UUID, MAGIC } from './chunk-encoding.ts';
import type { RecordedEvent } from './event-log.ts';
import { sha256 } from './append-request.ts';
import { readUuid } from './uuid.ts';

/**
 * Reads a stored chunk. Throws Fault `log_damaged` when it is not what was written. Payloads are checked by `event`.
 */
export class Chunk {
  readonly first: number;
  readonly count: number;
  readonly bytes: number;
  readonly #value: Buffer;
  readonly #names: string[] = [];
  readonly #idStart: number;
  readonly #payloadStart: number;

  constructor(value: Buffer) {
    if (value.length < HEADER_BYTES || value.readUInt32LE(0) !== MAGIC)
      throw damaged('a chunk has no header');
    this.#value = value;
    this.#payloadStart = value.readUInt32LE(24);
    if (value.readUInt32LE(4) !== crc32(value.subarray(8, this.#payloadStart)))
      throw damaged('a chunk fails its checksum');
    this.first = value.readDoubleLE(8);
    this.count = value.readUInt32LE(16);
    this.bytes = value.length;
    this.#idStart = this.#entry(this.count);
    this.#readNames(value.readUInt32LE(20), value.readUInt32LE(28));
    if (this.#payloadStart + this.#u32(this.count - 1, 24) !== value.length)
      throw damaged('a chunk is truncated');
  }

  get last(): number {
    return this.first + this.count - 1;
  }

  /** Position of the previous event of the same stream; 0 when there is none. */
  previous(position: number): number {
    return this.#value.readDoubleLE(this.#entry(position - this.first) + 16);
  }

  recordTime(position: number): number {
    return this.#value.readDoubleLE(this.#entry(position - this.first));
  }

  /** The event at a position, its payload checked against its hash. */
  event(position: number): RecordedEvent {
    const event = this.unverified(position);
    if (sha256(event.bytes) !== event.hash) throw damaged(`the event at ${position} fails its hash`);
    return event;
  }

  /** The event as it is stored, without a check of its hash. */
  unverified(position: number): RecordedEvent {
    const index = position - this.first;
    const entry = this.#entry(index);
    const start = this.#payloadStart + (index > 0 ? this.#u32(index - 1, 24) : 0);
    return {
      source: this.#name(this.#u32(index, 32)),
      id: this.#id(index),
      type: this.#name(this.#u32(index, 36)),
      stream: this.#name(this.#u32(index, 40)),
      bytes: this.#value.subarray(start, this.#payloadStart + this.#u32(index, 24)),
      position: formatEventPosition(position),
      streamSequence: this.#value.readDoubleLE(entry + 8),
      recordTime: this.#value.readDoubleLE(entry),
      hash: this.#value.toString('hex', entry + HASH_AT, entry + ENTRY_BYTES),
    };
  }

  #entry(index: number): number {
    return HEADER_BYTES + index * ENTRY_BYTES;
  }

  #u32(index: number, field: number): number {
    return this.#value.readUInt32LE(this.#entry(index) + field);
  }

  #name(number: number): string {
    const name = this.#names[number];
    if (name === undefined) throw damaged(`a chunk has no name ${number}`);
    return name;
  }

  #id(index: number): string {
    const start = this.#idStart + (index > 0 ? this.#u32(index - 1, 28) : 0);
    if (this.#u32(index, 44) === ID_UUID) return readUuid(this.#value, start);
    return this.#value.toString('utf8', start, this.#idStart + this.#u32(index, 28));
  }

  #readNames(count: number, start: number): void {
    let at = start;
    for (let number = 0; number < count; number += 1) {
      const end = at + 4 + this.#value.readUInt32LE(at);
      this.#names.push(this.#value.toString('utf8', at + 4, end));
      at = end;
    }
  }
}

export const damaged = (message: string): Fault => new Fault('log_damaged', message);
