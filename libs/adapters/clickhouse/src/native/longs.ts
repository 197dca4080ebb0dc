import { InvalidValue, noPrefix, type Codec, type ColumnWriter } from './codec.ts';
import { GrowableArray } from './growable-array.ts';

/** The range of a 64-bit integer type. Values are safe integers, bigints, decimal strings, and what `convert` accepts. */
export type LongShape = {
  wire: string;
  min: bigint;
  max: bigint;
  convert?: (value: unknown) => bigint | undefined;
};

export const uint64: LongShape = { wire: 'UInt64', min: 0n, max: 2n ** 64n - 1n };
export const int64: LongShape = { wire: 'Int64', min: -(2n ** 63n), max: 2n ** 63n - 1n };

const LOW = 0xffff_ffffn;

export const longInteger = (shape: LongShape): Codec => ({
  wire: shape.wire,
  zero: 0,
  writer: () => longs(shape),
});

function longs(shape: LongShape): ColumnWriter {
  const least = Math.max(Number(shape.min), Number.MIN_SAFE_INTEGER);
  const most = Math.min(Number(shape.max), Number.MAX_SAFE_INTEGER);
  const out = new GrowableArray((length) => new Uint32Array(length));
  return {
    reset: () => void (out.at = 0),
    add(values, count) {
      const words = out.reserve(count * 2);
      let { at } = out;
      for (let index = 0; index < count; index += 1) {
        const value = values[index];
        if (typeof value === 'number' && value >= least && value <= most && value === Math.floor(value)) {
          const low = value >>> 0;
          words[at++] = low;
          words[at++] = (value - low) / 2 ** 32;
        } else {
          const long = toBigint(value, shape);
          words[at++] = Number(long & LOW);
          words[at++] = Number((long >> 32n) & LOW);
        }
      }
      out.at = at;
    },
    prefix: noPrefix,
    finish: (sink) => out.finish(sink),
  };
}

function toBigint(value: unknown, shape: LongShape): bigint {
  const number = bigintOf(value) ?? shape.convert?.(value);
  if (number === undefined || number < shape.min || number > shape.max)
    throw new InvalidValue(value, shape.wire);
  return number;
}

function bigintOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
}
