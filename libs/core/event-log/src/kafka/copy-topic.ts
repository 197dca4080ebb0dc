import { Fault } from '@tributary/kernel';
import { recordsByTime } from './records-by-time.ts';
import type { NewRecord, PartitionBounds, Topic, TopicRecord } from './topic.ts';

/**
 * Names the record that a record is the copy of, and `pinned` of the copy: `TOPIC/PARTITION@OFFSET of PINNED`. No reader
 * of events looks at it.
 */
const COPIED_FROM = 'tributary-copied-from';

export type TopicCopy = {
  readonly from: Pick<Topic, 'name' | 'partitions' | 'bounds' | 'follow'>;
  readonly to: Pick<Topic, 'name' | 'partitions' | 'bounds' | 'follow' | 'append'>;
  /** The number of partitions by which readers of `from` have accepted records so far. */
  readonly pinned: number;
  /** The partition of a key. */
  readonly partitionOf: (key: Uint8Array, partitions: number) => number;
  /** Microseconds since 1970 at which a record was accepted; 0 for one that is no event. */
  readonly timeOf: (record: TopicRecord) => number;
  /**
   * Nobody writes to `from` any more, so records that producers wrote by another number of partitions are copied too. A
   * fact that is acknowledged later would come after them, and be the conflict where they have its id.
   */
  readonly isLast?: boolean;
  /** Copies although `to` has records of its own, which then come before those that are copied now. */
  readonly isLate?: boolean;
  readonly report: (line: string) => void;
};

export type Copied = {
  /** Records that this run has copied, and those that earlier runs had copied. */
  readonly copied: number;
  readonly already: number;
  /** Records without key or value and batches that cannot be read: they are no events, and dead letters keep them. */
  readonly skipped: number;
  /** Records that are left: those that arrived meanwhile, and before the last run those by another number of partitions. */
  readonly left: number;
};

/** Records and bytes that are written together. */
const BATCH_RECORDS = 5_000;
const BATCH_BYTES = 8 * 1024 ** 2;

/**
 * Copies the records of a topic into one with another number of partitions, each stream into the partition of its key.
 * Keys, values, headers and timestamps stay, so that every reader decides about a copy as it did about the record. First
 * come the records that readers with `pinned` partitions accept, by time; then those that producers wrote by another
 * number of partitions. So of two records with one id the acknowledged one comes first, and a stream keeps its order.
 *
 * Each copy names its original. A run after a kill copies what is missing, and a later run copies what arrived since.
 * A retried request may write copies twice; readers drop the second. Throws Fault `topic_in_use` where `to` has records
 * that are no copies from `from`.
 */
export async function copyTopic(copy: TopicCopy): Promise<Copied> {
  const bounds = await copy.from.bounds();
  const run = new CopyRun(copy, await copiedBefore(copy));
  copy.report(`copying the records of ${copy.from.partitions} partitions of ${copy.from.name}`);
  let left = await run.copy(bounds, 'accepted');
  if (copy.isLast && left > 0) {
    copy.report(`copying ${left} records that were written by another number of partitions`);
    await run.copy(bounds, 'others');
    left = 0;
  }
  const { copied, already, skipped } = run;
  const arrived = total(await copy.from.bounds()) - total(bounds);
  return { copied, already, skipped, left: left + arrived };
}

/** Whether readers with the pinned number of partitions accept a record where it is. */
type Kind = 'accepted' | 'others';

const kindOf = (
  { key, partition }: Pick<TopicRecord, 'key' | 'partition'>,
  { pinned, partitionOf }: Pick<TopicCopy, 'pinned' | 'partitionOf'>,
): Kind => (partition === partitionOf(key ?? NO_KEY, pinned) ? 'accepted' : 'others');

class CopyRun {
  copied = 0;
  already = 0;
  skipped = 0;
  readonly #copy: TopicCopy;
  readonly #before: CopiedBefore;
  #batch: NewRecord[] = [];
  #bytes = 0;

  constructor(copy: TopicCopy, before: CopiedBefore) {
    this.#copy = copy;
    this.#before = before;
  }

  /** Copies the records of one kind. Returns how many there are of the other kind. */
  async copy(bounds: readonly PartitionBounds[], kind: Kind): Promise<number> {
    const { from, timeOf } = this.#copy;
    let others = 0;
    for await (const records of recordsByTime(from, bounds, timeOf)) {
      for (const record of records) {
        if (kindOf(record, this.#copy) !== kind) others += 1;
        else await this.#take(record, kind);
      }
    }
    await this.#write();
    return others;
  }

  async #take({ key, value, ...record }: TopicRecord, kind: Kind): Promise<void> {
    const { to, partitionOf } = this.#copy;
    if (key === null || value === null) {
      this.skipped += 1;
      return;
    }
    const partition = partitionOf(key, to.partitions);
    if (record.offset <= this.#before.last(kind, record.partition, partition)) {
      this.already += 1;
      return;
    }
    const headers = record.headers.filter(([name]) => name !== COPIED_FROM);
    const origin = Buffer.from(originText(this.#copy, record));
    const { timestamp } = record;
    this.#batch.push({ partition, key, value, timestamp, headers: [...headers, [COPIED_FROM, origin]] });
    this.#bytes += value.byteLength;
    if (this.#batch.length >= BATCH_RECORDS || this.#bytes >= BATCH_BYTES) await this.#write();
  }

  async #write(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    await this.#copy.to.append(batch);
    this.#batch = [];
    this.#bytes = 0;
    this.copied += batch.length;
    this.#copy.report(`${this.copied} records copied`);
  }
}

/** The partitions of a record and of its copy, and the offset of the record. */
type Origin = { readonly from: number; readonly to: number; readonly offset: number };

/**
 * The last offset that was copied of each kind, from each partition into each. One number is enough, because those
 * records are copied in their order.
 */
class CopiedBefore {
  readonly #last = new Map<string, number>();

  last(kind: Kind, from: number, to: number): number {
    return this.#last.get(`${kind} ${from} ${to}`) ?? -1;
  }

  add(kind: Kind, { from, to, offset }: Origin): void {
    if (offset > this.last(kind, from, to)) this.#last.set(`${kind} ${from} ${to}`, offset);
  }
}

async function copiedBefore(copy: TopicCopy): Promise<CopiedBefore> {
  const { to, isLate = false } = copy;
  const before = new CopiedBefore();
  for await (const records of recordsByTime(to, await to.bounds(), () => 0)) {
    for (const record of records) {
      const origin = originOf(record, copy);
      if (origin) before.add(kindOf({ key: record.key, partition: origin.from }, copy), origin);
      else if (!isLate) throw inUse(copy, record);
    }
  }
  return before;
}

const originText = (
  { from, pinned }: TopicCopy,
  { partition, offset }: Pick<TopicRecord, 'partition' | 'offset'>,
): string => `${from.name}/${partition}@${offset} of ${pinned}`;

/** Which record a record is the copy of; undefined where it is no copy, or one of another copying. */
function originOf({ headers, partition: to }: TopicRecord, copy: TopicCopy): Origin | undefined {
  const [, value] = headers.find(([name]) => name === COPIED_FROM) ?? [];
  if (value === undefined) return undefined;
  const text = Buffer.from(value).toString();
  const [from = NaN, offset = NaN] = text
    .slice(copy.from.name.length + 1)
    .split(/[@ ]/, 2)
    .map(Number);
  return originText(copy, { partition: from, offset }) === text ? { from, to, offset } : undefined;
}

const NO_KEY = new Uint8Array();

const total = (bounds: readonly PartitionBounds[]): number => bounds.reduce((sum, { end }) => sum + end, 0);

const inUse = ({ from, to, pinned }: TopicCopy, { partition, offset }: TopicRecord): Fault =>
  new Fault(
    'topic_in_use',
    `${to.name}/${partition} has a record at offset ${offset} that is no copy from ${from.name} with its ${pinned} partitions: what is copied now would come after it. Copy into an empty topic; or, where services write to ${to.name} already, copy the records that are left with --late`,
  );
