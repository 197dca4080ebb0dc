import type { TopicRecord } from '@tributary/event-log';
import { BATCH_HEAD, readBatch, type RecordBatch } from './record-batch.ts';

export type AbortedTransaction = { readonly producer: number; readonly first: number };

/** What the bytes of a fetch hold for a reader who is at `from`. */
export type RecordSet = {
  readonly records: readonly TopicRecord[];
  /** Everything before it has been read or needs no reading. */
  readonly next: number;
  /** Why reading cannot go on at `next`. */
  readonly error: string | undefined;
};

const LENGTH_AT = 8;

/** Reads batch by batch; a last one that is cut off by the size of the answer is left for the next fetch. */
export function readRecordSet(
  bytes: Buffer,
  { partition, from, aborted }: { partition: number; from: number; aborted: readonly AbortedTransaction[] },
): RecordSet {
  const records: TopicRecord[] = [];
  const transactions = new Transactions(aborted);
  let next = from;
  for (let at = 0; at + BATCH_HEAD <= bytes.length;) {
    const length = BATCH_HEAD + bytes.readInt32BE(at + LENGTH_AT);
    if (at + length > bytes.length) break;
    try {
      const batch = readBatch(bytes.subarray(at, at + length), partition);
      const counting = transactions.isVisible(batch) ? batch.records : [];
      // The first batch may begin before `from`.
      records.push(...counting.filter(({ offset }) => offset >= from));
      next = Math.max(next, batch.next);
    } catch (error) {
      return { records, next, error: error instanceof Error ? error.message : String(error) };
    }
    at += length;
  }
  return { records, next, error: undefined };
}

/** Which transactions of an answer were given up: the broker lists them, and their markers end them. */
class Transactions {
  readonly #pending: AbortedTransaction[];
  readonly #open = new Set<number>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#pending = aborted.toSorted((a, b) => a.first - b.first);
  }

  /** Whether the records of a batch count. */
  isVisible({ next, producer, transactional, control }: RecordBatch): boolean {
    while (this.#pending[0] !== undefined && this.#pending[0].first < next) {
      this.#open.add(this.#pending[0].producer);
      this.#pending.shift();
    }
    if (control === 'abort') this.#open.delete(producer);
    return !(transactional && this.#open.has(producer));
  }
}
