import type { Database } from 'lmdb';
import { numberOf, streamKey } from './keys.ts';

export type Head = { readonly sequence: number; readonly position: number };

const EMPTY: Head = { sequence: 0, position: 0 };
const CACHED = 200_000;

/** The last event of each stream. Heads that a group moves are written once, with the group. */
export class StreamHeads {
  readonly #part: Database<Buffer, Buffer>;
  #cache = new Map<string, Head>();
  readonly #moved = new Set<string>();

  constructor(part: Database<Buffer, Buffer>) {
    this.#part = part;
  }

  get(stream: string): Head {
    const cached = this.#cache.get(stream);
    if (cached) return cached;
    const head = this.stored(stream) ?? EMPTY;
    this.#cache.set(stream, head);
    return head;
  }

  stored(stream: string): Head | undefined {
    const value = this.#part.get(streamKey(stream));
    return value && { sequence: numberOf(value), position: numberOf(value.subarray(8)) };
  }

  move(stream: string, head: Head): void {
    this.#cache.set(stream, head);
    this.#moved.add(stream);
  }

  /** Forgets what is not stored. */
  reload(): void {
    this.#cache = new Map();
    this.#moved.clear();
  }

  /** To be called within an LMDB batch. */
  put(): void {
    for (const stream of this.#moved) void this.#part.put(streamKey(stream), encodeHead(this.get(stream)));
    this.#moved.clear();
    if (this.#cache.size > CACHED) this.#cache = new Map();
  }
}

function encodeHead({ sequence, position }: Head): Buffer {
  const value = Buffer.allocUnsafe(16);
  value.writeBigUInt64BE(BigInt(sequence), 0);
  value.writeBigUInt64BE(BigInt(position), 8);
  return value;
}
