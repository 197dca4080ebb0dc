import type { Database } from 'lmdb';
import { Chunk, damaged } from './chunk.ts';
import { numberKey, numberOf } from './keys.ts';

const CACHED = 32;

/** Reads chunks by any position within them, and caches the last ones. */
export class Chunks {
  readonly #part: Database<Buffer, Buffer>;
  /** By first position, in the order of use. */
  readonly #cache = new Map<number, Chunk>();

  constructor(part: Database<Buffer, Buffer>) {
    this.#part = part;
  }

  /** The chunk with a position. Throws Fault `log_damaged` when there is none. */
  covering(position: number): Chunk {
    const cached = this.#cached(position);
    if (cached) return cached;
    const chunk = this.fresh(position);
    this.#keep(chunk);
    return chunk;
  }

  /** As `covering`, without the cache. */
  fresh(position: number): Chunk {
    const [found] = this.#part.getRange({ start: numberKey(position), reverse: true, limit: 1 });
    if (!found) throw damaged(`no chunk holds position ${position}`);
    const chunk = new Chunk(found.value);
    if (chunk.first !== numberOf(found.key))
      throw damaged(`the chunk at ${numberOf(found.key)} has ${chunk.first} in its header`);
    if (position > chunk.last) throw damaged(`no chunk holds position ${position}`);
    return chunk;
  }

  /** Position of the last event stored; 0 when there is none. */
  last(): number {
    const [found] = this.#part.getRange({ reverse: true, limit: 1 });
    return found ? new Chunk(found.value).last : 0;
  }

  #cached(position: number): Chunk | undefined {
    for (const chunk of this.#cache.values()) {
      if (position < chunk.first || position > chunk.last) continue;
      this.#cache.delete(chunk.first);
      this.#cache.set(chunk.first, chunk);
      return chunk;
    }
    return undefined;
  }

  #keep(chunk: Chunk): void {
    this.#cache.set(chunk.first, chunk);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > CACHED && oldest !== undefined) this.#cache.delete(oldest);
  }
}
