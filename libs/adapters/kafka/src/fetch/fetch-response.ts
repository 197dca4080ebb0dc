import { ByteReader } from './byte-reader.ts';
import type { AbortedTransaction } from './record-set.ts';

/** A response for one partition. Its records are decoded later, so that a corrupted one does not affect the others. */
export type PartitionResponse = {
  readonly partition: number;
  /** The protocol's code; 0 is success. */
  readonly error: number;
  /** The last stable offset: all transactions before it are finished. */
  readonly end: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly bytes: Buffer;
};

export type FetchResponse = { readonly error: number; readonly partitions: readonly PartitionResponse[] };

/** Decodes a fetch response, version 11. */
export function decodeFetchResponse(bytes: Buffer): FetchResponse {
  const reader = new ByteReader(bytes);
  reader.int32();
  const error = reader.int16();
  reader.int32();
  const partitions = decodeArray(reader, () => {
    reader.string();
    return decodeArray(reader, () => decodePartition(reader));
  });
  return { error, partitions: partitions.flat() };
}

function decodePartition(reader: ByteReader): PartitionResponse {
  const partition = reader.int32();
  const error = reader.int16();
  const highWatermark = reader.int64();
  const stable = reader.int64();
  reader.int64();
  const aborted = decodeArray(reader, () => ({ producer: reader.int64(), first: reader.int64() }));
  reader.int32();
  const bytes = reader.bytes(Math.max(0, reader.int32()));
  return { partition, error, end: stable < 0 ? highWatermark : stable, aborted, bytes };
}

function decodeArray<T>(reader: ByteReader, item: () => T): T[] {
  const items: T[] = [];
  for (let left = reader.int32(); left > 0; left -= 1) items.push(item());
  return items;
}
