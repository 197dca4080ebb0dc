import { join } from 'node:path';
import {
  eventPosition,
  Fault,
  formatEventPosition,
  numberInPartition,
  parseEventPosition,
} from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import type { EventLog, NewEvent, RecordedEvent, Verification } from '../event-log.ts';
import { openLmdbLog } from '../lmdb-log.ts';
import { sha256 } from '../append-request.ts';
import { isOmittedType, isReserved, omissionOf, omittedAt } from './omission.ts';
import type { ReadRecord, RecordFormat } from './record-format.ts';
import type { PartitionBounds, TopicRecord } from './topic.ts';

export type ReplicaOptions = {
  readonly directory: string;
  readonly partition: number;
  readonly format: RecordFormat;
  readonly clock: Clock;
  readonly mapBytes?: number | undefined;
  /** Memory for its newest events: those that a door has just written and reads again. */
  readonly recentBytes: number;
};

/**
 * One partition of the topic as a log on this machine: the n-th place holds the record with offset n − 1. What is no
 * event, or repeats one, is left out by a rule that depends on the records before it alone, so that every replica of
 * a partition is equal.
 */
export class Replica {
  readonly partition: number;
  readonly #log: EventLog;
  readonly #format: RecordFormat;
  /** Whether the topic still has the last record that is known from an earlier life. */
  #isKnown: boolean;
  #known = (): void => undefined;
  readonly #knowing: Promise<void>;

  private constructor(log: EventLog, { partition, format }: ReplicaOptions) {
    this.#log = log;
    this.partition = partition;
    this.#format = format;
    this.#isKnown = this.next === 0;
    this.#knowing = new Promise((resolve) => (this.#known = resolve));
  }

  static async open(options: ReplicaOptions): Promise<Replica> {
    const directory = join(options.directory, `partition-${options.partition}`);
    const { clock, mapBytes, recentBytes } = options;
    const size = mapBytes === undefined ? {} : { mapBytes };
    return new Replica(await openLmdbLog({ directory, clock, recentBytes, ...size }), options);
  }

  /** The next offset that it wants. */
  get next(): number {
    return parseEventPosition(this.#log.head());
  }

  /** The last place that it holds. */
  get end(): number {
    return eventPosition(this.partition, this.next);
  }

  /**
   * Takes records in order; what it has already is passed over. Resolves when they are durable. Throws Fault
   * `log_replaced` where the topic holds something else than it did.
   */
  async take(records: readonly TopicRecord[]): Promise<void> {
    if (!this.#isKnown) await this.#recognise(records);
    const fresh: NewEvent[] = [];
    const names = new Map<string, string>();
    for (const record of records) {
      const next = this.next + fresh.length;
      if (record.offset < next) continue;
      for (let gap = next; gap < record.offset; gap += 1) fresh.push(omittedAt(gap, 'gap'));
      fresh.push(await this.#judged(record, names));
    }
    if (fresh.length === 0) return;
    const appended = await this.#log.append(fresh, { atomic: true });
    if (!appended.ok || appended.stored < fresh.length)
      throw new Fault('log_damaged', `a place of partition ${this.partition} after ${this.end} is taken`);
  }

  /** Compares the last record that is here with what the topic has in its place. */
  async #recognise(records: readonly TopicRecord[]): Promise<void> {
    const record = records.find(({ offset }) => offset >= this.next - 1);
    if (!record) return;
    const held = await this.at(this.end);
    const read = await this.#format.read(record);
    const hash = read.ok && !isReserved(read.event) ? sha256(read.event.bytes) : undefined;
    const isSame =
      held?.omitted === undefined
        ? held?.hash === hash
        : (held.omitted === 'refused') === (hash === undefined);
    if (record.offset >= this.next || !isSame) throw replaced(this);
    this.#isKnown = true;
    this.#known();
  }

  async #judged(record: TopicRecord, names: Map<string, string>): Promise<NewEvent> {
    const read: ReadRecord = await this.#format.read(record);
    if (!read.ok || isReserved(read.event)) return omittedAt(record.offset, 'refused');
    const { event } = read;
    const name = JSON.stringify([event.source, event.id]);
    const hash = sha256(event.bytes);
    const known = names.get(name) ?? (await this.find(event.source, event.id))?.hash;
    if (known !== undefined) return omittedAt(record.offset, known === hash ? 'duplicate' : 'conflict');
    names.set(name, hash);
    return event;
  }

  async find(source: string, id: string): Promise<RecordedEvent | undefined> {
    const event = await this.#log.find(source, id);
    return event && this.#placed(event);
  }

  /** What lies at a place of this partition, omitted or not. */
  async at(place: number): Promise<RecordedEvent | undefined> {
    const event = await this.#log.at(formatEventPosition(numberInPartition(place)));
    return event && this.#placed(event);
  }

  async read(range: Parameters<EventLog['read']>[0]): Promise<RecordedEvent[]> {
    const after = formatEventPosition(numberInPartition(parseEventPosition(range.after)));
    return (await this.#log.read({ ...range, after })).map((event) => this.#placed(event));
  }

  async readStream(stream: string): Promise<RecordedEvent[]> {
    return (await this.#log.readStream(stream)).map((event) => this.#placed(event));
  }

  async positionAt(recordTimeMicros: number): Promise<number> {
    return eventPosition(this.partition, parseEventPosition(await this.#log.positionAt(recordTimeMicros)));
  }

  /** Stored events by type. */
  counts(): [type: string, count: number][] {
    return Object.entries(this.#log.counts()).filter(([type]) => !isOmittedType(type));
  }

  /** Resolves when it holds the record with an offset. */
  async reached(offset: number): Promise<void> {
    while (this.next <= offset) await this.#log.changed(this.#log.head());
  }

  /** Resolves when it holds what a topic held, and has seen that it is the one that it knows. */
  async caughtUp({ first, end }: PartitionBounds): Promise<void> {
    /* What was deleted before the next record cannot be compared. */
    if (first >= this.next) this.#isKnown = true;
    if (!this.#isKnown) await this.#knowing;
    await this.reached(end - 1);
  }

  changed(place: number, signal?: AbortSignal): Promise<void> {
    return this.#log.changed(formatEventPosition(numberInPartition(place)), signal);
  }

  /** Events and streams of the log, without what was left out. */
  async verify(): Promise<Verification> {
    const verified = await this.#log.verify();
    if (!verified.ok) {
      const place = eventPosition(this.partition, parseEventPosition(verified.at));
      return { ...verified, at: formatEventPosition(place) };
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

  #placed(event: RecordedEvent): RecordedEvent {
    const omitted = omissionOf(event);
    const position = formatEventPosition(eventPosition(this.partition, parseEventPosition(event.position)));
    return omitted ? { ...event, position, omitted } : { ...event, position };
  }
}

const replaced = ({ partition, next }: Pick<Replica, 'partition' | 'next'>): Fault =>
  new Fault(
    'log_replaced',
    `partition ${partition} holds another record at offset ${next - 1} than this process has seen there: the topic was made again, or a broker without all records has become its leader; bring the old records back, or start with an empty directory`,
  );

/** The topic must hold what the replica lacks, and the replica nothing that the topic lacks. */
export function checkBounds(
  { partition, next }: Pick<Replica, 'partition' | 'next'>,
  bounds: { readonly first: number; readonly end: number },
  topic: string,
): void {
  if (bounds.first > next)
    throw new Fault(
      'log_truncated',
      `${topic}/${partition} begins at offset ${bounds.first}, and offset ${next} is wanted: the topic must keep its records for ever (retention.ms=-1, retention.bytes=-1, cleanup.policy=delete)`,
    );
  if (bounds.end < next)
    throw new Fault(
      'log_too_short',
      `${topic}/${partition} ends at offset ${bounds.end}, and this process has seen ${next}: the topic was made again or has lost records; bring the old one back, or start with an empty directory`,
    );
}
