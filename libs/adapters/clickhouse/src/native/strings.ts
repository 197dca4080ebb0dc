import { InvalidValue, noPrefix, type Codec } from './codec.ts';
import { ByteWriter } from './byte-writer.ts';

/** A codec that writes each value when it is added. */
function valueCodec(wire: string, zero: unknown, write: (sink: ByteWriter, value: unknown) => void): Codec {
  const writer: Codec['writer'] = () => {
    const out = new ByteWriter(4096);
    return {
      reset: () => void (out.at = 0),
      add(values, count) {
        for (let index = 0; index < count; index += 1) write(out, values[index]);
      },
      prefix: noPrefix,
      finish: (sink) => sink.raw(out.bytes.subarray(0, out.at)),
    };
  };
  return { wire, zero, writer };
}

/** Strings, or bytes as they are. */
export const string = valueCodec('String', '', (sink, value) => {
  if (typeof value === 'string') sink.string(value);
  else if (value instanceof Uint8Array) {
    sink.varint(value.length);
    sink.raw(value);
  } else throw new InvalidValue(value, 'String');
});

/** Enumerations and decimals: sent as strings, which the insert casts. Numbers are converted to strings. */
export const castString = (zero: string, type: string): Codec =>
  valueCodec('String', zero, (sink, value) => sink.string(printed(value, type)));

function printed(value: unknown, type: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  throw new InvalidValue(value, type);
}

/** `size` bytes, or as many in hexadecimal digits. */
export function fixedString(size: number): Codec {
  const wire = `FixedString(${size})`;
  return valueCodec(wire, new Uint8Array(size), (sink, value) => sink.raw(fixedBytes(value, size, wire)));
}

function fixedBytes(value: unknown, size: number, wire: string): Uint8Array {
  if (value instanceof Uint8Array && value.length === size) return value;
  if (typeof value === 'string' && value.length === size * 2 && /^[0-9a-f]*$/i.test(value)) {
    return Buffer.from(value, 'hex');
  }
  throw new InvalidValue(value, `${wire}: ${size} bytes or ${size * 2} hexadecimal digits`);
}

const NIBBLES = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit += 1) {
  const character = digit.toString(16);
  NIBBLES[character.charCodeAt(0)] = digit;
  NIBBLES[character.toUpperCase().charCodeAt(0)] = digit;
}

/** The index of each byte of a UUID in its text, in wire order: two little-endian words. */
const UUID_BYTES = Uint8Array.of(16, 14, 11, 9, 6, 4, 2, 0, 34, 32, 30, 28, 26, 24, 21, 19);

export const uuid = valueCodec('UUID', '00000000-0000-0000-0000-000000000000', (sink, value) => {
  if (typeof value !== 'string' || value.length !== 36 || !hasUuidDashes(value))
    throw new InvalidValue(value, 'UUID');
  sink.reserve(16);
  const { bytes, at } = sink;
  let signs = 0;
  for (let index = 0; index < 16; index += 1) {
    const from = UUID_BYTES[index] ?? 0;
    const byte = ((NIBBLES[value.charCodeAt(from)] ?? -1) << 4) | (NIBBLES[value.charCodeAt(from + 1)] ?? -1);
    signs |= byte;
    bytes[at + index] = byte;
  }
  if (signs < 0) throw new InvalidValue(value, 'UUID');
  sink.at = at + 16;
});

const DASH = 45;

const hasUuidDashes = (text: string): boolean =>
  text.charCodeAt(8) === DASH &&
  text.charCodeAt(13) === DASH &&
  text.charCodeAt(18) === DASH &&
  text.charCodeAt(23) === DASH;
