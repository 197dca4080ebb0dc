import { join } from 'node:path';
import {
  eventPosition,
  Fault,
  formatEventPosition,
  numberInPartition,
  parseEventPosition,
} from '@tributary/kernel';
import type { Clock, EventPosition } from '@tributary/kernel';
import type { EventLog, NewEvent, RecordedEvent, Verification } from '../event-log.ts';
import { openLmdbLog } from '../lmdb-log.ts';
import type { LocalLog } from '../lmdb-log.ts';
import { sha256 } from '../append-request.ts';
import { eventKey } from './in-flight-index.ts';
import { isOmittedType, isReserved, omissionBefore, omissionOf, omittedAt } from './omission.ts';
import type { ReadRecord, RecordFormat } from './record-format.ts';
import type { PartitionBounds, TopicRecord } from './topic.ts';

export type ReplicaOptions = {
  readonly directory: string;
  readonly partition: number;
  readonly format: RecordFormat;
  readonly clock: Clock;
  readonly mapBytes?: number | undefined;
  /** Bytes of memory for its newest events: an appender reads back what it has just written. */
  readonly recentBytes: number;
  /** Milliseconds after which a flush is overdue; no limit where absent. */
  readonly flushTimeout?: number | undefined;
};

/** Events of one append to the replica. */
const APPEND_EVENTS = 10_000;

/**
 * One partition of the topic as a log on this machine. Position n has the record with offset n − 1. Records that are not
 * events or repeat one are omitted by a rule that depends on earlier records only, so all replicas of a partition are
 * equal.
 */
export class Replica {
  readonly partition: number;
  readonly #log: LocalLog;
  readonly #format: RecordFormat;
  /** Whether the topic still has the last record that an earlier process has replicated. */
  #isKnown: boolean;
  #known = (): void => undefined;
  #replaced: Fault | undefined;
  readonly #knowing: Promise<void>;

  private constructor(log: LocalLog, { partition, format }: ReplicaOptions) {
    this.#log = log;
    this.partition = partition;
    this.#format = format;
    this.#isKnown = this.next === 0;
    this.#knowing = new Promise((resolve) => (this.#known = resolve));
  }

  static async open(options: ReplicaOptions): Promise<Replica> {
    const directory = join(options.directory, `partition-${options.partition}`);
    const { clock, mapBytes, recentBytes, flushTimeout } = options;
    const size = mapBytes === undefined ? {} : { mapBytes };
    const log = await openLmdbLog({ directory, clock, recentBytes, flushTimeout, ...size });
    return new Replica(log, options);
  }

  /** The next offset to replicate. */
  get next(): number {
    return parseEventPosition(this.#log.head());
  }

  /** The position of its last event. */
  get end(): number {
    return eventPosition(this.partition, this.next);
  }

  /** The record time of its last record, microseconds since 1970; 0 where it has none. */
  lastRecordTime(): number {
    return this.#log.lastRecordTime();
  }

  /** Why it can follow no more: its file cannot be written, or the topic is another one; undefined while it can. */
  dead(): unknown {
    return this.#log.fault() ?? this.#replaced;
  }

  /** That a write of its file has not ended for too long; undefined where none has taken so long. */
  overdue(): Fault | undefined {
    return this.#log.overdue();
  }

  get isReplaced(): boolean {
    return this.#replaced !== undefined;
  }

  /** Notes that the topic is another one than this replica has followed. From now on it is `dead`. */
  replaced(): Fault {
    return (this.#replaced ??= new Fault(
      'log_replaced',
      `partition ${this.partition} holds another record at offset ${this.next - 1} than this process has replicated: the topic was recreated, or a broker without all records has become its leader; restore the old records, or start with an empty directory`,
    ));
  }

  /**
   * Appends records in order and skips known ones. Resolves when they are durable. Throws Faults `log_replaced` where the
   * topic has other records than before, and `log_damaged`.
   */
  async take(records: readonly TopicRecord[]): Promise<void> {
    if (!this.#isKnown) await this.recognise(records);
    if (this.#replaced) throw this.#replaced;
    const fresh: NewEvent[] = [];
    const hashes = new Map<string, string>();
    for (const record of records) {
      for (let gap = this.next + fresh.length; gap < record.offset; gap += 1) {
        fresh.push(omittedAt(gap, omissionBefore(gap, record)));
        /* One batch that cannot be read may have millions of offsets. */
        if (fresh.length >= APPEND_EVENTS) await this.#append(fresh.splice(0));
      }
      if (record.offset === this.next + fresh.length) fresh.push(await this.#classified(record, hashes));
    }
    await this.#append(fresh);
  }

  async #append(fresh: readonly NewEvent[]): Promise<void> {
    if (fresh.length === 0) return;
    const appended = await this.#log.append(fresh, { atomic: true });
    if (!appended.ok || appended.stored < fresh.length)
      throw new Fault(
        'log_damaged',
        `the replica of partition ${this.partition} has other events after ${formatEventPosition(this.end)} than the topic; delete its directory, then restart`,
      );
  }

  /** Compares the last replicated record with the topic's record at that offset. Throws Fault `log_replaced`. */
  async recognise(records: readonly TopicRecord[]): Promise<void> {
    const record = records.find(({ offset }) => offset >= this.next - 1);
    if (!record || this.next === 0) return;
    if (!(await this.#isSame(record))) throw this.replaced();
    this.#isKnown = true;
    this.#known();
  }

  /** Whether the last replicated position is what a record of the topic, there or the first after it, makes of it. */
  async #isSame(record: TopicRecord): Promise<boolean> {
    const held = await this.at(this.end);
    if (record.offset >= this.next) return held?.omitted === omissionBefore(this.next - 1, record);
    const event = await this.#eventOf(record);
    if (!event) return held?.omitted === 'refused';
    const hash = sha256(event.bytes);
    if (held?.omitted === undefined)
      return held?.hash === hash && held.id === event.id && held.source === event.source;
    /* Of a repeat nothing is kept but that it is one: its id must be that of an earlier event, with that content or another. */
    const first = await this.find(event.source, event.id);
    return first !== undefined && held.omitted === (first.hash === hash ? 'duplicate' : 'conflict');
  }

  async #eventOf(record: TopicRecord): Promise<NewEvent | undefined> {
    if (record.unreadable) return undefined;
    const read: ReadRecord = await this.#format.read(record);
    return read.ok && !isReserved(read.event) ? read.event : undefined;
  }

  async #classified(record: TopicRecord, hashes: Map<string, string>): Promise<NewEvent> {
    const event = await this.#eventOf(record);
    if (!event) return omittedAt(record.offset, 'refused');
    const key = eventKey(event);
    const hash = sha256(event.bytes);
    const known = hashes.get(key) ?? (await this.find(event.source, event.id))?.hash;
    if (known !== undefined) return omittedAt(record.offset, known === hash ? 'duplicate' : 'conflict');
    hashes.set(key, hash);
    return event;
  }

  async find(source: string, id: string): Promise<RecordedEvent | undefined> {
    const event = await this.#log.find(source, id);
    return event && this.#withPosition(event);
  }

  /** The event or omission at a position of this partition. */
  async at(position: EventPosition): Promise<RecordedEvent | undefined> {
    const event = await this.#log.at(formatEventPosition(numberInPartition(position)));
    return event && this.#withPosition(event);
  }

  async read(range: Parameters<EventLog['read']>[0]): Promise<RecordedEvent[]> {
    const after = formatEventPosition(numberInPartition(parseEventPosition(range.after)));
    return (await this.#log.read({ ...range, after })).map((event) => this.#withPosition(event));
  }

  async readStream(stream: string): Promise<RecordedEvent[]> {
    return (await this.#log.readStream(stream)).map((event) => this.#withPosition(event));
  }

  async positionAt(recordTimeMicros: number): Promise<number> {
    return eventPosition(this.partition, parseEventPosition(await this.#log.positionAt(recordTimeMicros)));
  }

  /** The sum of the digests of its events up to a position of this partition. Throws Fault `unknown_position`. */
  digestAt(position: EventPosition): Promise<bigint> {
    return this.#log.digestAt(formatEventPosition(numberInPartition(position)));
  }

  /** Stored events by type. */
  counts(): [type: string, count: number][] {
    return Object.entries(this.#log.counts()).filter(([type]) => !isOmittedType(type));
  }

  /** Resolves when it has the record with an offset. */
  async reached(offset: number): Promise<void> {
    while (this.next <= offset) await this.#log.changed(this.#log.head());
  }

  /** Resolves when it has the records within the bounds, and has recognised its topic. */
  async caughtUp({ first, end }: PartitionBounds): Promise<void> {
    /* The last replicated record was deleted from the topic, so it cannot be compared. */
    if (first >= this.next) this.#isKnown = true;
    if (!this.#isKnown) await this.#knowing;
    await this.reached(end - 1);
  }

  changed(position: EventPosition, signal?: AbortSignal): Promise<void> {
    return this.#log.changed(formatEventPosition(numberInPartition(position)), signal);
  }

  /** Counts events and streams without omissions. */
  async verify(): Promise<Verification> {
    const verified = await this.#log.verify();
    if (!verified.ok) {
      const at = eventPosition(this.partition, parseEventPosition(verified.at));
      return { ...verified, at: formatEventPosition(at) };
    }
    const events = this.counts().reduce((sum, [, count]) => sum + count, 0);
    return { ...verified, events, streams: verified.streams - (events < verified.events ? 1 : 0) };
  }

  get cursors(): EventLog['cursors'] {
    return this.#log.cursors;
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  #withPosition(event: RecordedEvent): RecordedEvent {
    const omitted = omissionOf(event);
    const position = formatEventPosition(eventPosition(this.partition, parseEventPosition(event.position)));
    return omitted ? { ...event, position, omitted } : { ...event, position };
  }
}

/** Throws Fault `log_truncated` where the topic lacks records that the replica needs, `log_too_short` where it has fewer. */
export function checkBounds(
  { partition, next }: Pick<Replica, 'partition' | 'next'>,
  bounds: { readonly first: number; readonly end: number },
  topic: string,
): void {
  if (bounds.first > next)
    throw new Fault(
      'log_truncated',
      `${topic}/${partition} starts at offset ${bounds.first}, but offset ${next} is needed: the topic must keep its records for ever (retention.ms=-1, retention.bytes=-1, cleanup.policy=delete)`,
    );
  if (bounds.end < next)
    throw new Fault(
      'log_too_short',
      `${topic}/${partition} ends at offset ${bounds.end}, but this process has replicated ${next} records: the topic was recreated or has lost records; restore it, or start with an empty directory`,
    );
}
