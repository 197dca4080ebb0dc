import type { Codec, ColumnWriter } from './codec.ts';
import { GrowableArray } from './growable-array.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The version of the encoding, and the flag that says that the block contains the dictionary. */
const VERSION = 1;
const DICTIONARY_FOLLOWS = 1 << 9;

/** LowCardinality: each distinct value once, then an index per row. Cheaper for client and server than plain values. */
export const dictionary = (inner: Codec): Codec => ({
  wire: `LowCardinality(${inner.wire})`,
  zero: inner.zero,
  writer: () => dictionaryWriter(inner),
});

function dictionaryWriter(inner: Codec): ColumnWriter {
  const values = inner.writer();
  const indexByKey = new Map<unknown, number>();
  const keys: unknown[] = [];
  // Values repeat in runs or in cycles, such as the keys of a map. The key that followed the last one is tried first.
  const followers: number[] = [];
  const indexes = new GrowableArray((length) => new Uint32Array(length));
  let last = 0;

  const find = (value: unknown): number => {
    const known = indexByKey.get(value);
    if (known !== undefined) return known;
    indexByKey.set(value, keys.length);
    followers.push(keys.length);
    return keys.push(value) - 1;
  };

  return {
    reset() {
      indexByKey.clear();
      keys.length = 0;
      followers.length = 0;
      indexes.at = 0;
      last = 0;
    },
    add(added, count) {
      const items = indexes.reserve(count);
      let { at } = indexes;
      for (let index = 0; index < count; index += 1) {
        const value = added[index];
        let next = followers[last] ?? 0;
        if (next >= keys.length || keys[next] !== value) {
          next = find(value);
          followers[last] = next;
        }
        items[at++] = next;
        last = next;
      }
      indexes.at = at;
    },
    repeat(repeated, times) {
      const cycle = repeated.map(find);
      const items = indexes.reserve(cycle.length * times);
      let { at } = indexes;
      for (let time = 0; time < times; time += 1) for (const next of cycle) items[at++] = next;
      indexes.at = at;
    },
    prefix: (sink) => sink.uint64(VERSION),
    finish(sink) {
      if (indexes.at === 0) return;
      values.reset();
      values.add(keys, keys.length);
      sink.uint64(DICTIONARY_FOLLOWS | widthCode(keys.length));
      sink.uint64(keys.length);
      values.finish(sink);
      sink.uint64(indexes.at);
      writeIndexes(sink, indexes.items.subarray(0, indexes.at), keys.length);
    },
  };
}

function widthCode(keys: number): number {
  if (keys <= 2 ** 8) return 0;
  return keys <= 2 ** 16 ? 1 : 2;
}

function writeIndexes(sink: ByteWriter, indexes: Uint32Array, keys: number): void {
  if (widthCode(keys) === 0) sink.typedArray(new Uint8Array(indexes));
  else if (widthCode(keys) === 1) sink.typedArray(new Uint16Array(indexes));
  else sink.typedArray(indexes);
}
