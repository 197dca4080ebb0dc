import { valueIn } from '@tributary/kernel';
import {
  InvalidValue,
  isList,
  noPrefix,
  mixedArray,
  type Codec,
  type ColumnWriter,
  type Values,
} from './codec.ts';
import { GrowableArray } from './growable-array.ts';
import type { ByteWriter } from './byte-writer.ts';

export const nullable = (inner: Codec): Codec => ({
  wire: `Nullable(${inner.wire})`,
  zero: null,
  writer: () => nullableWriter(inner),
});

function nullableWriter(inner: Codec): ColumnWriter {
  const items = inner.writer();
  const nulls = new GrowableArray((length) => new Uint8Array(length));
  const present = mixedArray(0);
  return {
    reset() {
      nulls.at = 0;
      items.reset();
    },
    add(values, count) {
      const flags = nulls.reserve(count);
      for (let index = 0; index < count; index += 1) {
        const value = values[index] ?? null;
        flags[nulls.at + index] = value === null ? 1 : 0;
        present[index] = value === null ? inner.zero : value;
      }
      nulls.at += count;
      items.add(present, count);
    },
    prefix: noPrefix,
    finish(sink) {
      nulls.finish(sink);
      items.finish(sink);
    },
  };
}

/** The end of each row within the flattened elements, as UInt64. */
class RowOffsets {
  readonly #words = new GrowableArray((length) => new Uint32Array(length));
  #end = 0;

  reset(): void {
    this.#words.at = 0;
    this.#end = 0;
  }

  add(length: number): void {
    const words = this.#words.reserve(2);
    this.#end += length;
    words[this.#words.at++] = this.#end;
    words[this.#words.at++] = 0;
  }

  finish(sink: ByteWriter): void {
    this.#words.finish(sink);
  }
}

export const array = (inner: Codec): Codec => ({
  wire: `Array(${inner.wire})`,
  zero: [],
  writer: () => arrayWriter(inner),
});

function arrayWriter(inner: Codec): ColumnWriter {
  const ends = new RowOffsets();
  const items = inner.writer();
  const flat = mixedArray(64);
  return {
    ...nested([ends], [items]),
    add(values, count) {
      let size = 0;
      for (let index = 0; index < count; index += 1) {
        const value = values[index];
        if (!isList(value)) throw new InvalidValue(value, `Array(${inner.wire})`);
        for (let item = 0; item < value.length; item += 1) flat[size++] = value[item];
        ends.add(value.length);
      }
      items.add(flat, size);
    },
  };
}

export const map = (key: Codec, value: Codec): Codec => ({
  wire: `Map(${key.wire}, ${value.wire})`,
  zero: {},
  writer: () => mapWriter(key, value),
});

function mapWriter(key: Codec, value: Codec): ColumnWriter {
  const ends = new RowOffsets();
  const keys = key.writer();
  const items = value.writer();
  const names = mixedArray(64);
  const flat = mixedArray(64);
  const numbers = new GrowableArray((length) => new Float64Array(length));
  return {
    ...nested([ends], [keys, items]),
    add(values, count) {
      let size = 0;
      for (let index = 0; index < count; index += 1) {
        const record = values[index];
        if (!isRecord(record)) throw new InvalidValue(record, `Map(${key.wire}, ${value.wire})`);
        const from = size;
        for (const name in record) {
          names[size] = name;
          flat[size++] = record[name];
        }
        ends.add(size - from);
      }
      keys.add(names, size);
      items.add(flat, size);
    },
    addByKey(lists, count) {
      const columns = Object.values(lists);
      const size = columns.length * count;
      const elements = transposeNumbers(columns, count, numbers.reserve(size))
        ? numbers.items
        : transpose(columns, count, flat);
      for (let index = 0; index < count; index += 1) ends.add(columns.length);
      repeatKeys(keys, Object.keys(lists), count);
      items.add(elements, size);
    },
  };
}

/** Transposes columns to rows in a typed array, which does not box its numbers. Returns false if a value is not a number. */
function transposeNumbers(columns: readonly Values[], count: number, target: Float64Array): boolean {
  for (let column = 0; column < columns.length; column += 1) {
    const values = columns[column] ?? [];
    for (let index = 0, at = column; index < count; index += 1, at += columns.length) {
      const value = values[index];
      if (typeof value !== 'number') return false;
      target[at] = value;
    }
  }
  return true;
}

function transpose(columns: readonly Values[], count: number, target: unknown[]): unknown[] {
  for (const [column, values] of columns.entries()) {
    for (let index = 0, at = column; index < count; index += 1, at += columns.length)
      target[at] = values[index];
  }
  return target;
}

function repeatKeys(keys: ColumnWriter, names: readonly string[], times: number): void {
  if (keys.repeat) return keys.repeat(names, times);
  for (let time = 0; time < times; time += 1) keys.add(names, names.length);
}

type Element = { readonly name: string | undefined; readonly codec: Codec };

/** The codec of a tuple. A value is an array, or a record by element names. */
export function tuple(elements: readonly Element[]): Codec {
  const types = elements.map(({ name, codec }) =>
    name === undefined ? codec.wire : `${name} ${codec.wire}`,
  );
  const wire = `Tuple(${types.join(', ')})`;
  return { wire, zero: elements.map(({ codec }) => codec.zero), writer: () => tupleWriter(elements, wire) };
}

function tupleWriter(elements: readonly Element[], wire: string): ColumnWriter {
  const parts = elements.map((element) => ({ ...element, writer: element.codec.writer() }));
  const column = mixedArray(0);
  const writers = parts.map(({ writer }) => writer);
  const element = (value: unknown, name: string | undefined, at: number): unknown => {
    if (isList(value) && value.length === parts.length) return value[at];
    if (isRecord(value) && name !== undefined) return valueIn(value, name);
    throw new InvalidValue(value, wire);
  };
  return {
    ...nested([], writers),
    add(values, count) {
      for (const [at, { name, codec, writer }] of parts.entries()) {
        for (let index = 0; index < count; index += 1)
          column[index] = element(values[index], name, at) ?? codec.zero;
        writer.add(column, count);
      }
    },
  };
}

/** A column with nested columns. All prefixes precede all data. */
function nested(ends: readonly RowOffsets[], writers: readonly ColumnWriter[]): Omit<ColumnWriter, 'add'> {
  return {
    reset() {
      for (const part of [...ends, ...writers]) part.reset();
    },
    prefix(sink) {
      for (const writer of writers) writer.prefix(sink);
    },
    finish(sink) {
      for (const part of [...ends, ...writers]) part.finish(sink);
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isList(value);
