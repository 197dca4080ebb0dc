import type { ByteWriter } from './byte-writer.ts';

/** Values of one column in row order: an array or a typed array. */
export type Values = ArrayLike<unknown>;

/** How the values of a column type become the bytes of the engine's Native format. */
export type Codec = {
  /** The type declared in the block; the insert casts where the table's type differs. */
  readonly wire: string;
  /** Stands for a key that a row lacks. */
  readonly zero: unknown;
  /** One accumulator per column: it is filled in slices and reused from block to block. */
  writer(): ColumnWriter;
};

export type ColumnWriter = {
  reset(): void;
  /** Takes the first `count` values. */
  add(values: Values, count: number): void;
  /** Dictionaries only: takes all of `values`, over and over. */
  repeat?(values: readonly unknown[], times: number): void;
  /** Maps only: takes the first `count` values of every list, one list a key. */
  addByKey?(lists: Readonly<Record<string, Values>>, count: number): void;
  /** State that precedes the data of the whole column, nested columns included. */
  prefix(sink: ByteWriter): void;
  finish(sink: ByteWriter): void;
};

export const noPrefix = (): void => {};

/** Arrays and typed arrays. */
export const isList = (value: unknown): value is Values =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

/** An array that keeps values of any kind as they are; numbers in it are not unboxed. */
export const mixedArray = (length: number): unknown[] => Array.from<unknown>({ length }).fill('');

/** A value its column cannot hold. The block encoder adds table and column. */
export class InvalidValue extends Error {
  constructor(value: unknown, wanted: string) {
    super(`${preview(value)} is not ${wanted}`);
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
