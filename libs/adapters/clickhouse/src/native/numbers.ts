import { BadValue, noPrefix, type Codec, type ColumnWriter } from './codec.ts';
import { Growing, type Typed } from './growing.ts';
import { Sink } from './sink.ts';

type NumberShape = {
  readonly wire: string;
  readonly make: (length: number) => Typed;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** Turns what is no number of this range into one, or undefined. */
  readonly read: (value: unknown) => number | undefined;
};

const bytes = { make: (length: number) => new Uint8Array(length), least: 0, most: 2 ** 8 - 1 };

const SMALL = {
  Int8: { make: (length: number) => new Int8Array(length), least: -(2 ** 7), most: 2 ** 7 - 1 },
  UInt8: bytes,
  Int16: { make: (length: number) => new Int16Array(length), least: -(2 ** 15), most: 2 ** 15 - 1 },
  UInt16: { make: (length: number) => new Uint16Array(length), least: 0, most: 2 ** 16 - 1 },
  Int32: { make: (length: number) => new Int32Array(length), least: -(2 ** 31), most: 2 ** 31 - 1 },
  UInt32: { make: (length: number) => new Uint32Array(length), least: 0, most: 2 ** 32 - 1 },
} as const;

export type SmallInteger = keyof typeof SMALL;

export const isSmallInteger = (name: string): name is SmallInteger => Object.hasOwn(SMALL, name);

/** Whole numbers of up to 32 bits. */
export const smallInteger = (name: SmallInteger, read = integer, wire: string = name): Codec =>
  numberCodec({ ...SMALL[name], wire, whole: true, read });

function integer(value: unknown): number | undefined {
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : undefined;
}

const truth = (value: unknown): number | undefined =>
  typeof value === 'boolean' ? Number(value) : undefined;

export const bool: Codec = numberCodec({ ...bytes, wire: 'Bool', most: 1, whole: true, read: truth });

/** The largest number that does not round to infinity. */
const LARGEST_FLOAT32 = 3.4028235677973362e38;

export const float64: Codec = numberCodec({
  wire: 'Float64',
  make: (length) => new Float64Array(length),
  least: -Number.MAX_VALUE,
  most: Number.MAX_VALUE,
  whole: false,
  read: real,
});

export const float32: Codec = numberCodec({
  wire: 'Float32',
  make: (length) => new Float32Array(length),
  least: -LARGEST_FLOAT32,
  most: LARGEST_FLOAT32,
  whole: false,
  read: real,
});

/** Numbers that are finite were tried already. */
function real(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && !Number.isFinite(value) ? value : undefined;
}

function numberCodec(shape: NumberShape): Codec {
  return { wire: shape.wire, zero: shape.wire === 'Bool' ? false : 0, writer: () => numberWriter(shape) };
}

function numberWriter(shape: NumberShape): ColumnWriter {
  const out = new Growing(shape.make);
  const { least, most, whole } = shape;
  return {
    reset: () => void (out.at = 0),
    add(values, count) {
      const items = out.room(count);
      let { at } = out;
      for (let index = 0; index < count; index += 1) {
        const value = values[index];
        const fits = typeof value === 'number' && value >= least && value <= most;
        items[at++] = fits && (!whole || value === Math.floor(value)) ? value : unusual(value, shape);
      }
      out.at = at;
    },
    prefix: noPrefix,
    finish: (sink) => out.finish(sink),
  };
}

function unusual(value: unknown, { wire, least, most, whole, read }: NumberShape): number {
  const number = read(value);
  const fits =
    number !== undefined && number >= least && number <= most && (!whole || number === Math.floor(number));
  if (fits) return number;
  if (number === undefined || whole || Number.isFinite(number)) throw new BadValue(value, wire);
  return number;
}

/** The upper half of a Float32, rounded to even. */
export const bfloat16: Codec = { wire: 'BFloat16', zero: 0, writer: halves };

function halves(): ColumnWriter {
  const singles = float32.writer();
  return {
    ...singles,
    finish(sink) {
      const held = new Sink();
      singles.finish(held);
      const words = new Uint32Array(held.bytes.buffer, held.bytes.byteOffset, held.at / 4);
      sink.memory(Uint16Array.from(words, upperHalf));
    },
  };
}

const upperHalf = (word: number): number =>
  (word & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
