import { messageIn } from '../files/protobuf-message.ts';
import type { Message } from '../files/protobuf-message.ts';

type TensorType = {
  readonly bytes: number;
  readonly field: number;
  readonly read: (view: DataView) => number;
};

/** TensorFlow data types: their size, the field of TensorProto with their values, and how to read the bytes. */
const TENSOR_TYPES: ReadonlyMap<number, TensorType> = new Map([
  [1, { bytes: 4, field: 5, read: (view) => view.getFloat32(0, true) }],
  [2, { bytes: 8, field: 6, read: (view) => view.getFloat64(0, true) }],
  [3, { bytes: 4, field: 7, read: (view) => view.getInt32(0, true) }],
  [4, { bytes: 1, field: 7, read: (view) => view.getUint8(0) }],
  [5, { bytes: 2, field: 7, read: (view) => view.getInt16(0, true) }],
  [6, { bytes: 1, field: 7, read: (view) => view.getInt8(0) }],
  [9, { bytes: 8, field: 10, read: (view) => Number(view.getBigInt64(0, true)) }],
  [10, { bytes: 1, field: 11, read: (view) => view.getUint8(0) }],
  [14, { bytes: 2, field: 13, read: (view) => floatOfBits(view.getUint16(0, true) * 65_536) }],
  [17, { bytes: 2, field: 7, read: (view) => view.getUint16(0, true) }],
  [19, { bytes: 2, field: 13, read: (view) => halfOfBits(view.getUint16(0, true)) }],
  [22, { bytes: 4, field: 16, read: (view) => view.getUint32(0, true) }],
  [23, { bytes: 8, field: 17, read: (view) => Number(view.getBigUint64(0, true)) }],
]);

const FIXED = new Set([5, 6]);

/**
 * The number in a TensorProto of rank 0 or with one element; undefined for other tensors. Field numbers are those of
 * tensorboard 2.21 (`compat/proto/tensor_pb2`, `types_pb2`).
 */
export function scalarIn(tensor: Message): number | undefined {
  const kind = TENSOR_TYPES.get(tensor.integer(1) ?? 0);
  if (!kind || !holdsOne(tensor.message(2))) return undefined;
  const content = tensor.bytes(4);
  if (content && content.length > 0) {
    return content.length === kind.bytes ? kind.read(viewOf(content)) : undefined;
  }
  const value = tensor.packed(kind.field);
  if (value === undefined) return 0;
  return kind.read(viewOf(typeof value === 'bigint' ? littleEndian(value) : unpacked(value, kind.field)));
}

/** Whether every dimension of the shape is 1. Rank 0 has no dimensions. */
function holdsOne(shape: Message | undefined): boolean {
  if (!shape) return true;
  return shape.integer(3) !== 1 && shape.messages(2).every((dimension) => dimension.integer(1) === 1);
}

/** The first packed value as eight bytes. */
function unpacked(bytes: Uint8Array, field: number): Uint8Array {
  if (FIXED.has(field)) return bytes.length === 0 ? new Uint8Array(8) : bytes;
  const first = messageIn(Uint8Array.from([8, ...bytes.slice(0, bytes.findIndex((byte) => byte < 128) + 1)]));
  return littleEndian(first?.unsigned(1) ?? 0n);
}

function littleEndian(bits: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, bits), true);
  return bytes;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function floatOfBits(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

/** IEEE 754 binary16. */
function halfOfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? (sign * fraction) / 2 ** 24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
