import { recordBytes } from '@tributary/event-log';
import type { NewRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

export type BatchLimits = {
  readonly topic: string;
  readonly compression: 'none' | 'gzip';
  /** The largest batch that the broker accepts, in bytes (`max.message.bytes`). */
  readonly maxBatchBytes: number;
};

/** Records that are sent together, and their indexes in the call. */
export type AppendBatch = { readonly indexes: readonly number[]; readonly records: readonly NewRecord[] };

/** An upper bound of what is added to the bytes of the records of a batch. */
const BATCH_OVERHEAD = 200;

/** The largest record, as `recordBytes` counts. Only the broker can check the size of a compressed one. */
export const maxRecordBytes = ({ compression, maxBatchBytes }: Omit<BatchLimits, 'topic'>): number =>
  compression === 'gzip' ? Infinity : maxBatchBytes - BATCH_OVERHEAD;

/**
 * Splits records into as few batches as the broker's limit allows, in order. Records of one request are in one batch
 * where they fit into one. Throws Fault `record_too_large`.
 */
export function batchesOf(
  records: readonly NewRecord[],
  indexes: readonly number[],
  bounds: BatchLimits,
): AppendBatch[] {
  const batches: AppendBatch[] = [];
  let batch = { indexes: [] as number[], records: [] as NewRecord[] };
  let bytes = BATCH_OVERHEAD;
  for (const unit of unitsOf(records, indexes)) {
    const whole = unit.reduce((sum, { size }) => sum + size, 0);
    const isWhole = BATCH_OVERHEAD + whole <= bounds.maxBatchBytes;
    for (const [at, { index, record, size }] of unit.entries()) {
      const needed = isWhole && at === 0 ? whole : size;
      if (batch.indexes.length > 0 && bytes + needed > bounds.maxBatchBytes) {
        batches.push(batch);
        batch = { indexes: [], records: [] };
        bytes = BATCH_OVERHEAD;
      }
      checkSize(record, size, bounds);
      batch.indexes.push(index);
      batch.records.push(record);
      bytes += size;
    }
  }
  batches.push(batch);
  return batches;
}

type Sized = { readonly index: number; readonly record: NewRecord; readonly size: number };

/** Records that follow one another in one request; any other record is alone. */
function unitsOf(records: readonly NewRecord[], indexes: readonly number[]): Sized[][] {
  const units: Sized[][] = [];
  let before: number | undefined;
  for (const index of indexes) {
    const record = records[index];
    if (record === undefined) continue;
    const sized = { index, record, size: recordBytes(record) };
    if (record.request !== undefined && record.request === before) units.at(-1)?.push(sized);
    else units.push([sized]);
    before = record.request;
  }
  return units;
}

function checkSize({ partition, key }: NewRecord, size: number, bounds: BatchLimits): void {
  if (size <= maxRecordBytes(bounds)) return;
  const { topic, maxBatchBytes } = bounds;
  const stream = Buffer.from(key).toString().slice(0, 100);
  throw new Fault(
    'record_too_large',
    `a record of ${size} bytes with key ${stream} does not fit partition ${partition} of topic ${topic}: ` +
      `its max.message.bytes is ${maxBatchBytes}; raise it, or send a smaller event`,
  );
}
