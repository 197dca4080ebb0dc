import { InvalidValue, noPrefix, type Codec, type ColumnWriter } from './codec.ts';
import { GrowableArray, type NumericArray } from './growable-array.ts';
import { ByteWriter } from './byte-writer.ts';

type NumberShape = {
  readonly wire: string;
  readonly make: (length: number) => NumericArray;
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
  /** Converts other values to a number, or to undefined. */
  readonly convert: (value: unknown) => number | undefined;
};

const bytes = { make: (length: number) => new Uint8Array(length), min: 0, max: 2 ** 8 - 1 };

const SMALL = {
  Int8: { make: (length: number) => new Int8Array(length), min: -(2 ** 7), max: 2 ** 7 - 1 },
  UInt8: bytes,
  Int16: { make: (length: number) => new Int16Array(length), min: -(2 ** 15), max: 2 ** 15 - 1 },
  UInt16: { make: (length: number) => new Uint16Array(length), min: 0, max: 2 ** 16 - 1 },
  Int32: { make: (length: number) => new Int32Array(length), min: -(2 ** 31), max: 2 ** 31 - 1 },
  UInt32: { make: (length: number) => new Uint32Array(length), min: 0, max: 2 ** 32 - 1 },
} as const;

export type SmallInteger = keyof typeof SMALL;

export const isSmallInteger = (name: string): name is SmallInteger => Object.hasOwn(SMALL, name);

/** Integers of up to 32 bits. */
export const smallInteger = (name: SmallInteger, convert = integer, wire: string = name): Codec =>
  numberCodec({ ...SMALL[name], wire, isInteger: true, convert });

function integer(value: unknown): number | undefined {
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : undefined;
}

const booleanAsNumber = (value: unknown): number | undefined =>
  typeof value === 'boolean' ? Number(value) : undefined;

export const bool: Codec = numberCodec({
  ...bytes,
  wire: 'Bool',
  max: 1,
  isInteger: true,
  convert: booleanAsNumber,
});

/** The largest number that does not round to infinity. */
const LARGEST_FLOAT32 = 3.4028235677973362e38;

export const float64: Codec = numberCodec({
  wire: 'Float64',
  make: (length) => new Float64Array(length),
  min: -Number.MAX_VALUE,
  max: Number.MAX_VALUE,
  isInteger: false,
  convert: float,
});

export const float32: Codec = numberCodec({
  wire: 'Float32',
  make: (length) => new Float32Array(length),
  min: -LARGEST_FLOAT32,
  max: LARGEST_FLOAT32,
  isInteger: false,
  convert: float,
});

/** Finite numbers are checked before. */
function float(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && !Number.isFinite(value) ? value : undefined;
}

function numberCodec(shape: NumberShape): Codec {
  return { wire: shape.wire, zero: shape.wire === 'Bool' ? false : 0, writer: () => numberWriter(shape) };
}

function numberWriter(shape: NumberShape): ColumnWriter {
  const out = new GrowableArray(shape.make);
  const { min, max, isInteger } = shape;
  return {
    reset: () => void (out.at = 0),
    add(values, count) {
      const items = out.reserve(count);
      let { at } = out;
      for (let index = 0; index < count; index += 1) {
        const value = values[index];
        const fits = typeof value === 'number' && value >= min && value <= max;
        items[at++] = fits && (!isInteger || value === Math.floor(value)) ? value : converted(value, shape);
      }
      out.at = at;
    },
    prefix: noPrefix,
    finish: (sink) => out.finish(sink),
  };
}

function converted(value: unknown, { wire, min, max, isInteger, convert }: NumberShape): number {
  const number = convert(value);
  const fits =
    number !== undefined && number >= min && number <= max && (!isInteger || number === Math.floor(number));
  if (fits) return number;
  if (number === undefined || isInteger || Number.isFinite(number)) throw new InvalidValue(value, wire);
  return number;
}

/** The upper 16 bits of a Float32, rounded to even. */
export const bfloat16: Codec = { wire: 'BFloat16', zero: 0, writer: halves };

function halves(): ColumnWriter {
  const singles = float32.writer();
  return {
    ...singles,
    finish(sink) {
      const buffered = new ByteWriter();
      singles.finish(buffered);
      const words = new Uint32Array(buffered.bytes.buffer, buffered.bytes.byteOffset, buffered.at / 4);
      sink.typedArray(Uint16Array.from(words, upperHalf));
    },
  };
}

const upperHalf = (word: number): number =>
  (word & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
