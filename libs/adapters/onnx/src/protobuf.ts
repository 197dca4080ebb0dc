/** One field of an encoded message: a number for the wire types varint and fixed, bytes for what has a length. */
export type Field = { readonly number: number; readonly value: bigint | Uint8Array };

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The fields of a message, in order. Throws a RangeError where the bytes end early or are no protobuf. */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at++);
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
    throw new RangeError(`a number at byte ${at} has more than ten bytes`);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = tag >>> 3;
    const wire = tag & 7;
    if (wire === VARINT) yield { number, value: varint() };
    else if (wire === FIXED64) yield { number, value: view.getBigUint64((at += 8) - 8, true) };
    else if (wire === FIXED32) yield { number, value: BigInt(view.getUint32((at += 4) - 4, true)) };
    else if (wire === LENGTH) {
      const length = Number(varint());
      if (at + length > bytes.length) throw new RangeError(`a field at byte ${at} ends after the message`);
      yield { number, value: bytes.subarray(at, (at += length)) };
    } else throw new RangeError(`byte ${at} has the unknown wire type ${wire}`);
  }
}

export const textOf = (value: bigint | Uint8Array): string =>
  typeof value === 'bigint' ? String(value) : decoder.decode(value);

/** Encodes fields one after another; `bytes` ends the message. */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];

  integer(number: number, value: number | bigint): this {
    this.parts.push(varintOf((number << 3) | VARINT), varintOf(value));
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    this.parts.push(varintOf((number << 3) | LENGTH), varintOf(value.length), value);
    return this;
  }

  text(number: number, value: string): this {
    return this.bytes(number, new TextEncoder().encode(value));
  }

  message(number: number, value: MessageWriter): this {
    return this.bytes(number, value.finish());
  }

  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}

/** Negative numbers take ten bytes, as the format has it for `int64`. */
function varintOf(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}
