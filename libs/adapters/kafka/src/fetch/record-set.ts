import type { TopicRecord } from '@tributary/event-log';
import { BATCH_HEAD, readBatch, type RecordBatch } from './record-batch.ts';

export type AbortedTransaction = { readonly producer: number; readonly first: number };

/** The records in the bytes of a fetch, for a reader at `from`. */
export type RecordSet = {
  readonly records: readonly TopicRecord[];
  /** The next offset to read; all before it are read or skipped. */
  readonly next: number;
  /** Why `next` cannot be read. */
  readonly error: string | undefined;
};

const LENGTH_AT = 8;
/** Decompressed bytes after which the next batches are left to the next fetch: small ones may become large. */
const MAX_CONTENT = 64 * 1024 * 1024;

/** Decodes batch by batch. A last batch that the size limit of the response has truncated is left to the next fetch. */
export function readRecordSet(
  bytes: Buffer,
  { partition, from, aborted }: { partition: number; from: number; aborted: readonly AbortedTransaction[] },
): RecordSet {
  const records: TopicRecord[][] = [];
  const transactions = new Transactions(aborted);
  let next = from;
  let content = 0;
  for (let at = 0; at + BATCH_HEAD <= bytes.length && content < MAX_CONTENT;) {
    const length = BATCH_HEAD + bytes.readInt32BE(at + LENGTH_AT);
    if (at + length > bytes.length) break;
    try {
      const batch = readBatch(bytes.subarray(at, at + length), partition);
      const visible = transactions.isVisible(batch) ? batch.records : [];
      // The first batch may begin before `from`.
      records.push(visible.filter(({ offset }) => offset >= from));
      next = Math.max(next, batch.next);
      content += batch.contentBytes;
    } catch (error) {
      return { records: records.flat(), next, error: error instanceof Error ? error.message : String(error) };
    }
    at += length;
  }
  return { records: records.flat(), next, error: undefined };
}

/** Filters the records of aborted transactions. The broker lists where those begin; a marker ends each of them. */
class Transactions {
  readonly #pending: AbortedTransaction[];
  readonly #open = new Set<number>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#pending = aborted.toSorted((a, b) => a.first - b.first);
  }

  /** Whether a reader gets the records of a batch. */
  isVisible({ next, producer, transactional, control }: RecordBatch): boolean {
    while (this.#pending[0] !== undefined && this.#pending[0].first < next) {
      this.#open.add(this.#pending[0].producer);
      this.#pending.shift();
    }
    if (control === 'abort') this.#open.delete(producer);
    return !(transactional && this.#open.has(producer));
  }
}
