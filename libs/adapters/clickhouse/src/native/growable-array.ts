import { releaseMemory } from '@tributary/kernel';
import type { ByteWriter } from './byte-writer.ts';

export type NumericArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A typed array that grows. Call `reserve` before writing `count` items at `at`, and write to what it returns. */
export class GrowableArray<T extends NumericArray> {
  items: T;
  at = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.items = make(1024);
  }

  reserve(count: number): T {
    const needed = this.at + count;
    if (needed > this.items.length) {
      const grown = this.#make(Math.max(needed, this.items.length * 2));
      grown.set(this.items.subarray(0, this.at));
      const { buffer } = this.items;
      this.items = grown;
      releaseMemory(new Uint8Array(buffer));
    }
    return this.items;
  }

  finish(sink: ByteWriter): void {
    sink.typedArray(this.items.subarray(0, this.at));
  }
}
