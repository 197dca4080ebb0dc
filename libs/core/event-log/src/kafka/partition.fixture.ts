import { formatEventPosition, partitionStart } from '@tributary/kernel';
import { sha256 } from '../append-request.ts';
import type { KnownEvent } from './in-flight-index.ts';
import type { RecordFormat } from './record-format.ts';
import type { PartitionAssignment, CommittedOffset, TopicRecord } from './topic.ts';

/** What a record holds: the id and content of an event, or something that is none. */
export type Written = { readonly id: string; readonly content?: string } | 'poison';

/** Records whose key is the id of an event and whose value is its content; without a key it is none. */
export const keyedFormat: RecordFormat<string> = {
  write: ({ id, bytes }) => ({ key: Buffer.from(id), value: Buffer.from(bytes), headers: [] }),
  read: ({ key, value, offset }) => {
    if (!key) return { ok: false, refusal: `poison at ${offset}` };
    const id = Buffer.from(key).toString();
    const bytes = Buffer.from(value ?? []);
    return { ok: true, event: { source: 'urn:test', id, type: 't', stream: 's', bytes, recordTime: offset } };
  },
};

export const hashOf = (content: string): string => sha256(Buffer.from(content));

/** As the tables would tell of an event at the n-th place of a partition. */
export const knownAt = (
  place: number,
  { id, content = '' }: { readonly id: string; readonly content?: string },
): KnownEvent => ({
  source: 'urn:test',
  id,
  type: 't',
  stream: 's',
  hash: hashOf(content),
  position: formatEventPosition(place),
});

/** A partition whose records lie at the offsets that they are given under. */
export const recordsAt = (partition: number, written: ReadonlyMap<number, Written>): TopicRecord[] =>
  [...written].map(([offset, one]) => ({
    partition,
    offset,
    key: one === 'poison' ? null : Buffer.from(one.id),
    value: one === 'poison' ? null : Buffer.from(one.content ?? ''),
    headers: [],
    timestamp: 1000 + offset,
  }));

export type ClaimInMemory = PartitionAssignment & {
  readonly commits: readonly CommittedOffset[];
  /** Records from this offset on arrive when `arrive` is called. */
  arrive(): void;
  lose(): void;
  /** What the broker tells of the end, where that is not behind the last record. */
  tellEnd(offset: number): void;
  /** Commits wait until it is called. */
  hold(): () => void;
};

type Given = {
  readonly partition?: number;
  readonly written: readonly Written[] | ReadonlyMap<number, Written>;
  readonly committed?: CommittedOffset;
  readonly arrivedBefore?: number;
};

/** A claim on a partition that is an array. A commit is taken when it is sent, and answered later. */
export function claimInMemory({ partition = 0, written, committed, arrivedBefore }: Given): ClaimInMemory {
  const records = recordsAt(partition, written instanceof Map ? written : new Map(written.entries()));
  const lost = new AbortController();
  const commits: CommittedOffset[] = [];
  let known = arrivedBefore ?? Infinity;
  let told: number | undefined;
  let wake = (): void => undefined;
  let answer: Promise<void> = Promise.resolve();
  const from = (offset: number) => records.filter((one) => one.offset >= offset && one.offset < known);
  return {
    partition,
    committed,
    lost: lost.signal,
    commits,
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
    end: () => told ?? (from(0).at(-1)?.offset ?? -1) + 1,
    async commit(commit) {
      lost.signal.throwIfAborted();
      commits.push(commit);
      await answer;
      lost.signal.throwIfAborted();
    },
    arrive() {
      known = Infinity;
      wake();
    },
    tellEnd(offset) {
      told = offset;
    },
    lose() {
      lost.abort(new Error('the claim is lost'));
      wake();
    },
    hold() {
      let release = (): void => undefined;
      answer = new Promise((resolve) => (release = resolve));
      return release;
    },
  };
}

/** The place before the first event. */
export const before = (partition: number) => formatEventPosition(partitionStart(partition));
