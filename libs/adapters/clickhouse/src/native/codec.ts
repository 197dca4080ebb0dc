import type { ByteWriter } from './byte-writer.ts';

/** Values of one column in row order: an array or a typed array. */
export type Values = ArrayLike<unknown>;

/** How the values of a column type are encoded in the engine's Native format. */
export type Codec = {
  /** The type declared in the block. The insert casts it if the type of the column differs. */
  readonly wire: string;
  /** The value for a missing key. */
  readonly zero: unknown;
  /** The accumulator of a column. It is filled in slices and reused for the next block. */
  writer(): ColumnWriter;
};

export type ColumnWriter = {
  reset(): void;
  /** Adds the first `count` values. */
  add(values: Values, count: number): void;
  /** Dictionaries only: adds all of `values`, `times` times. */
  repeat?(values: readonly unknown[], times: number): void;
  /** Maps only: adds the first `count` values of each list; there is one list per key. */
  addByKey?(lists: Readonly<Record<string, Values>>, count: number): void;
  /** Writes what precedes the data of the column, including that of nested columns. */
  prefix(sink: ByteWriter): void;
  finish(sink: ByteWriter): void;
};

export const noPrefix = (): void => {};

/** Arrays and typed arrays. */
export const isList = (value: unknown): value is Values =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

/** An array for values of mixed types. It begins with strings, so that V8 does not unbox the numbers in it. */
export const mixedArray = (length: number): unknown[] => Array.from<unknown>({ length }).fill('');

/** A value that its column cannot hold. The block builder converts it to Fault `bad_value` with table and column. */
export class InvalidValue extends Error {
  constructor(value: unknown, expected: string) {
    super(`${preview(value)} is not ${expected}`);
  }
}

function preview(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : describe(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
