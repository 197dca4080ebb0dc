import type { Codec, ColumnWriter } from './codec.ts';
import { GrowableArray } from './growable-array.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The version of the encoding, and the flag that says the dictionary travels with the block. */
const VERSION = 1;
const DICTIONARY_FOLLOWS = 1 << 9;

/** LowCardinality: distinct values once, then an index for each row. Cheaper for both sides than the values. */
export const dictionary = (inner: Codec): Codec => ({
  wire: `LowCardinality(${inner.wire})`,
  zero: inner.zero,
  writer: () => dictionaryWriter(inner),
});

function dictionaryWriter(inner: Codec): ColumnWriter {
  const words = inner.writer();
  const places = new Map<unknown, number>();
  const keys: unknown[] = [];
  // Values repeat in runs or cycles (one run, the keys of a map): the key that followed the last one is tried first.
  const followers: number[] = [];
  const indexes = new GrowableArray((length) => new Uint32Array(length));
  let place = 0;

  const find = (value: unknown): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, keys.length);
    followers.push(keys.length);
    return keys.push(value) - 1;
  };

  return {
    reset() {
      places.clear();
      keys.length = 0;
      followers.length = 0;
      indexes.at = 0;
      place = 0;
    },
    add(values, count) {
      const items = indexes.reserve(count);
      let { at } = indexes;
      for (let index = 0; index < count; index += 1) {
        const value = values[index];
        let next = followers[place] ?? 0;
        if (next >= keys.length || keys[next] !== value) {
          next = find(value);
          followers[place] = next;
        }
        items[at++] = next;
        place = next;
      }
      indexes.at = at;
    },
    repeat(values, times) {
      const cycle = values.map(find);
      const items = indexes.reserve(cycle.length * times);
      let { at } = indexes;
      for (let time = 0; time < times; time += 1) for (const next of cycle) items[at++] = next;
      indexes.at = at;
    },
    prefix: (sink) => sink.uint64(VERSION),
    finish(sink) {
      if (indexes.at === 0) return;
      words.reset();
      words.add(keys, keys.length);
      sink.uint64(DICTIONARY_FOLLOWS | widthCode(keys.length));
      sink.uint64(keys.length);
      words.finish(sink);
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
