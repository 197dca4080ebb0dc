import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

type FieldValue = bigint | Uint8Array;

/** The fields of a protobuf message by number. An absent field is undefined or an empty list. */
export class Message {
  readonly #fields: ReadonlyMap<number, readonly FieldValue[]>;

  constructor(fields: ReadonlyMap<number, readonly FieldValue[]>) {
    this.#fields = fields;
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }

  bytes(field: number): Uint8Array | undefined {
    return this.#all(field).findLast((value) => value instanceof Uint8Array);
  }

  text(field: number): string | undefined {
    return this.texts(field).at(-1);
  }

  texts(field: number): string[] {
    return this.#all(field).flatMap((value) =>
      value instanceof Uint8Array ? [new TextDecoder().decode(value)] : [],
    );
  }

  message(field: number): Message | undefined {
    return this.messages(field).at(-1);
  }

  messages(field: number): Message[] {
    return this.#all(field).flatMap((value) => (value instanceof Uint8Array ? (messageIn(value) ?? []) : []));
  }

  /** An unsigned varint. */
  unsigned(field: number): bigint | undefined {
    return this.#all(field).findLast((value) => typeof value === 'bigint');
  }

  /** An `int32`, `int64`, `bool` or enum. Values beyond 2^53 are rounded. */
  integer(field: number): number | undefined {
    const value = this.unsigned(field);
    return value === undefined ? undefined : Number(BigInt.asIntN(64, value));
  }

  /** A `sint64`. */
  zigzag(field: number): number | undefined {
    const value = this.unsigned(field);
    return value === undefined ? undefined : Number((value >> 1n) ^ -(value & 1n));
  }

  double(field: number): number | undefined {
    const bits = this.unsigned(field);
    return bits === undefined ? undefined : doubleOf(bits);
  }

  float(field: number): number | undefined {
    const bits = this.unsigned(field);
    return bits === undefined ? undefined : floatOf(bits);
  }

  /** The bytes of a packed repeated number, otherwise its first value. */
  packed(field: number): Uint8Array | bigint | undefined {
    return this.#all(field)[0];
  }

  #all(field: number): readonly FieldValue[] {
    return this.#fields.get(field) ?? [];
  }
}

/** Parses a message; undefined if the bytes are not valid protobuf. */
export function messageIn(bytes: Uint8Array): Message | undefined {
  const fields = new Map<number, FieldValue[]>();
  try {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [field, wire] = reader.tag();
      const value = valueOf(reader, wire);
      if (value === undefined) reader.skip(wire, field);
      else listAt(fields, field).push(value);
    }
  } catch {
    return undefined;
  }
  return new Message(fields);
}

function listAt(fields: Map<number, FieldValue[]>, field: number): FieldValue[] {
  const list = fields.get(field) ?? [];
  fields.set(field, list);
  return list;
}

function valueOf(reader: BinaryReader, wire: WireType): FieldValue | undefined {
  switch (wire) {
    case WireType.Varint:
      return BigInt(reader.uint64());
    case WireType.Bit64:
      return BigInt(reader.fixed64());
    case WireType.Bit32:
      return BigInt(reader.fixed32());
    case WireType.LengthDelimited:
      return reader.bytes();
    case WireType.StartGroup:
    case WireType.EndGroup:
      return undefined;
  }
}

function doubleOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}

function floatOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number(BigInt.asUintN(32, bits)));
  return view.getFloat32(0);
}
