import type { NewRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

export type BatchLimits = {
  readonly topic: string;
  readonly compression: 'none' | 'gzip';
  /** The broker's bound on a batch, in bytes (`max.message.bytes`). */
  readonly maxBatchBytes: number;
};

/** Records that are sent together, and where they stand in the call. */
export type AppendBatch = { readonly indexes: readonly number[]; readonly records: readonly NewRecord[] };

/** What a record costs beside its bytes: lengths, offset, time. A batch has a head of 61 bytes. */
const RECORD_OVERHEAD = 40;
const HEADER_OVERHEAD = 10;
const BATCH_OVERHEAD = 200;

/** One batch, or as few as the broker's bound allows. Throws Fault `record_too_large`. */
export function* batchesOf(
  records: readonly NewRecord[],
  indexes: readonly number[],
  bounds: BatchLimits,
): Generator<AppendBatch> {
  let batch = { indexes: [] as number[], records: [] as NewRecord[] };
  let bytes = BATCH_OVERHEAD;
  for (const index of indexes) {
    const record = records[index];
    if (record === undefined) continue;
    const size = sizeOf(record);
    if (batch.indexes.length > 0 && bytes + size > bounds.maxBatchBytes) {
      yield batch;
      batch = { indexes: [], records: [] };
      bytes = BATCH_OVERHEAD;
    }
    checkSize(record, size, bounds);
    batch.indexes.push(index);
    batch.records.push(record);
    bytes += size;
  }
  yield batch;
}

/** Compressed records are for the broker to judge; others are known to be too large, so that none is sent in vain. */
function checkSize({ partition, key }: NewRecord, size: number, bounds: BatchLimits): void {
  const { topic, compression, maxBatchBytes } = bounds;
  if (compression === 'gzip' || size + BATCH_OVERHEAD <= maxBatchBytes) return;
  const stream = Buffer.from(key).toString().slice(0, 100);
  throw new Fault(
    'record_too_large',
    `a record of ${size} bytes with key ${stream} does not fit partition ${partition} of topic ${topic}: ` +
      `its max.message.bytes is ${maxBatchBytes}; raise it, or send less in one event`,
  );
}

function sizeOf({ key, value, headers }: NewRecord): number {
  let bytes = RECORD_OVERHEAD + key.byteLength + value.byteLength;
  for (const [name, content] of headers) bytes += HEADER_OVERHEAD + name.length * 3 + content.byteLength;
  return bytes;
}
