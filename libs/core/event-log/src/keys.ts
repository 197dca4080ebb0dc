import { hash } from 'node:crypto';
import { writeUuid } from './uuid.ts';

/** Longer texts are hashed: LMDB keys have at most 1,978 bytes, and long keys make a deep tree. */
const LONGEST_TEXT = 400;

const UUID = 0;
const TEXT = 1;
const HASHED = 2;

const uuidKey = Buffer.alloc(20);

/**
 * The key of a source (by its number) and an id: 20 bytes for a UUID, so that UUIDv7 ids of a source ascend. Valid until
 * the next call: LMDB copies the keys that it is given.
 */
export function idKey(sourceNumber: number, id: string): Buffer {
  uuidKey.writeUInt32BE(sourceNumber * 4 + UUID, 0);
  return writeUuid(id, uuidKey, 4) ? uuidKey : textKey(sourceNumber, id);
}

/** The key of a stream. */
export const streamKey = (stream: string): Buffer => textKey(0, stream);

function textKey(group: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const isLong = length > LONGEST_TEXT;
  const key = Buffer.allocUnsafe(4 + (isLong ? 32 : length));
  key.writeUInt32BE(group * 4 + (isLong ? HASHED : TEXT), 0);
  if (isLong) key.write(hash('sha256', text, 'hex'), 4, 'hex');
  else key.write(text, 4);
  return key;
}

export function numberKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  writeNumber(key, 0, number);
  return key;
}

export function writeNumber(target: Buffer, offset: number, number: number): void {
  target.writeUInt32BE(Math.floor(number / 2 ** 32), offset);
  target.writeUInt32BE(number % 2 ** 32, offset + 4);
}

export const numberOf = (key: Buffer): number => key.readUInt32BE(0) * 2 ** 32 + key.readUInt32BE(4);

/** Whether a key of `idKey` has a UUID. */
export const isUuidKey = (key: Buffer): boolean => key === uuidKey;

/** Just after the last possible UUID of the source. */
export function afterUuids(sourceNumber: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(sourceNumber * 4 + UUID + 1, 0);
  return key;
}
