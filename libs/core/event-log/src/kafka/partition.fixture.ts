import { formatEventPosition, partitionStart } from '@tributary/kernel';
import { sha256 } from '../append-request.ts';
import type { KnownEvent } from './in-flight-index.ts';
import type { RecordFormat } from './record-format.ts';
import type { PartitionAssignment, CommittedOffset, TopicRecord } from './topic.ts';

/**
 * The content of a record: the id and content of an event, or a poison message. An unreadable batch has all offsets after
 * the record before it.
 */
export type Written =
  { readonly id: string; readonly content?: string } | 'poison message' | 'unreadable batch';

/** Records whose key is the id of an event and whose value is its content. A record without a key is not an event. */
export const keyedFormat: RecordFormat<string> = {
  write: ({ id, bytes }) => ({ key: Buffer.from(id), value: Buffer.from(bytes), headers: [] }),
  read: ({ key, value, offset }) => {
    if (!key) return { ok: false, refusal: `poison message at ${offset}` };
    const id = Buffer.from(key).toString();
    const bytes = Buffer.from(value ?? []);
    return { ok: true, event: { source: 'urn:test', id, type: 't', stream: 's', bytes, recordTime: offset } };
  },
};

export const hashOf = (content: string): string => sha256(Buffer.from(content));

/** An event in the tables, at a position. */
export const knownAt = (
  positionIn: number,
  { id, content = '' }: { readonly id: string; readonly content?: string },
): KnownEvent => ({
  source: 'urn:test',
  id,
  type: 't',
  stream: 's',
  hash: hashOf(content),
  position: formatEventPosition(positionIn),
});

/** Records of a partition by their offsets. */
export const recordsAt = (partition: number, written: ReadonlyMap<number, Written>): TopicRecord[] =>
  [...written].map(([offset, one], index, all) => ({
    partition,
    offset,
    key: typeof one === 'string' ? null : Buffer.from(one.id),
    value: typeof one === 'string' ? null : Buffer.from(one.content ?? ''),
    headers: [],
    timestamp: 1000 + offset,
    ...(one === 'unreadable batch' && {
      unreadable: { first: (all[index - 1]?.[0] ?? -1) + 1, bytes: Buffer.from('batch'), reason: 'too long' },
    }),
  }));

export type PartitionInMemory = PartitionAssignment & {
  readonly commits: readonly CommittedOffset[];
  /** Makes the records from `fetchedBefore` on available. */
  fetchRest(): void;
  lose(): void;
  /** Sets the end that the broker reports. By default it follows the last record. */
  reportEnd(offset: number): void;
  /** Interrupts reading. Other records may be there afterwards. */
  interrupt(others?: ReadonlyMap<number, Written>): void;
  /** Holds the answers to commits until the returned function is called. */
  hold(): () => void;
};

type Given = {
  readonly partition?: number;
  readonly written: readonly Written[] | ReadonlyMap<number, Written>;
  readonly committed?: CommittedOffset | undefined;
  readonly fetchedBefore?: number;
};

/** An assigned partition in memory. A commit is recorded when it is sent, and answered later. */
export function partitionInMemory({
  partition = 0,
  written,
  committed,
  fetchedBefore,
}: Given): PartitionInMemory {
  let records = recordsAt(partition, written instanceof Map ? written : new Map(written.entries()));
  const lost = new AbortController();
  const commits: CommittedOffset[] = [];
  let known = fetchedBefore ?? Infinity;
  let interruptions = 0;
  let reported: number | undefined;
  let wake = (): void => undefined;
  let answer: Promise<void> = Promise.resolve();
  const from = (offset: number) => records.filter((one) => one.offset >= offset && one.offset < known);
  return {
    partition,
    committed,
    lost: lost.signal,
    commits,
    checkLease: () => lost.signal.throwIfAborted(),
    confirmLease: async () => lost.signal.throwIfAborted(),
    read: (range) => Promise.resolve(from(range.from).slice(0, range.limit)),
    async waitForRecord(offset, signal) {
      while (from(offset).length === 0) {
        lost.signal.throwIfAborted();
        signal?.throwIfAborted();
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    first: () => undefined,
    interruptions: () => interruptions,
    end: () => reported ?? (from(0).at(-1)?.offset ?? -1) + 1,
    async commit(commit) {
      lost.signal.throwIfAborted();
      commits.push(commit);
      await answer;
      lost.signal.throwIfAborted();
    },
    fetchRest() {
      known = Infinity;
      wake();
    },
    interrupt(others) {
      if (others) records = recordsAt(partition, others);
      interruptions += 1;
      wake();
    },
    reportEnd(offset) {
      reported = offset;
    },
    lose() {
      lost.abort(new Error('the partition is lost'));
      wake();
    },
    hold() {
      let release = (): void => undefined;
      answer = new Promise((resolve) => (release = resolve));
      return release;
    },
  };
}

/** The position before the first event. */
export const before = (partition: number) => formatEventPosition(partitionStart(partition));
