import {
  eventPosition,
  Fault,
  formatLogPosition,
  largest,
  parseEventPosition,
  partitionOf,
  systemClock,
} from '@tributary/kernel';
import type { Clock, Position } from '@tributary/kernel';
import { withDeadline, within } from '../deadline.ts';
import { closed } from '../durable-end.ts';
import type { Appended, EventLog, NewEvent, RecordedEvent, Verification } from '../event-log.ts';
import { appendRequest } from '../append-request.ts';
import { IdempotentAppender } from './idempotent-appender.ts';
import { nextRecordTime } from './next-record-time.ts';
import type { RecordFormat } from './record-format.ts';
import { requireRoom } from './record-size.ts';
import { PartitionFault } from './partition-fault.ts';
import { replicate } from './replicate.ts';
import { requireReplicaOf } from './replica-identity.ts';
import { Replica } from './replica.ts';
import type { TopicFollower, Topic } from './topic.ts';

export type KafkaLogOptions = {
  readonly topic: Topic;
  readonly format: RecordFormat;
  /** The replica of this process. It can be deleted: it is filled again from the topic. */
  readonly directory: string;
  /** The partition of a key. */
  readonly partitionOf: (key: Uint8Array, partitions: number) => number;
  readonly clock?: Clock;
  /** The trace of the current request; it is written with the records that the request appends. */
  readonly traceparent?: () => string | undefined;
  /** Called after each append, within its request, with the milliseconds that it took. */
  readonly onAppended?: (appended: Appended, millis: number) => void;
  /** Called before each append; what it throws refuses the append. */
  readonly admit?: (() => void) | undefined;
  /** Milliseconds that an append may take until it has been read back; no limit where absent. A partition that has confirmed
   * nothing for as long is stuck: `partition_unavailable`, while it has writes in flight. */
  readonly appendTimeout?: number | undefined;
  readonly mapBytes?: number;
  /** Called while the replica is filled at the start, with the number of missing records. */
  readonly onProgress?: (missing: number) => void;
};

/** A log in a topic. */
export type KafkaEventLog = EventLog & {
  /** The latest record time of its partitions, microseconds since 1970; 0 where none has a record. */
  lastRecordTime(): number;
  /** Why it cannot follow the topic at present; undefined where it can. */
  fault(): unknown;
  /** Why a partition confirms no event at present; undefined where none is known to. */
  stuck(): unknown;
  /** Why a replica cannot be written any more until it is opened again; undefined while all can. */
  dead(): unknown;
  /** That a replica has been writing for longer than an append may take; undefined where none has, or appends have no limit. */
  overdue(): Fault | undefined;
};

const GROUP_BYTES = 2 * 1024 ** 2;
/** The time for reading back what was written, in deadlines of a request. */
const READ_BACK_DEADLINES = 10;
/** Memory for the newest events, shared by all partitions. */
const RECENT_BYTES = 32 * 1024 ** 2;

/**
 * Opens the log in a topic. The topic is the source of truth. Each process follows it into a replica of its own, which
 * answers reads and finds duplicates. Resolves when the replica has reached the end that the topic had at the start; a
 * partition without a leader follows when it has one, and is a fault meanwhile. The caller closes the topic. Throws the Faults of `Topic`, and `log_truncated`, `log_too_short`, `log_replaced`,
 * `wrong_cluster`, `partitions_changed`.
 */
export async function openKafkaLog(options: KafkaLogOptions): Promise<KafkaEventLog> {
  const { topic, directory, format, clock = systemClock } = options;
  requireReplicaOf(topic, directory);
  const replicas: Replica[] = [];
  try {
    const shared = {
      directory,
      format,
      clock,
      mapBytes: options.mapBytes,
      flushTimeout: options.appendTimeout,
    };
    const recentBytes = RECENT_BYTES / topic.partitions;
    for (let partition = 0; partition < topic.partitions; partition += 1)
      replicas.push(await Replica.open({ ...shared, partition, recentBytes }));
    const following = await replicate(replicas, options);
    return new KafkaLog(replicas, following, { ...options, clock });
  } catch (error) {
    await Promise.all(replicas.map((replica) => replica.close()));
    throw error;
  }
}

/** The partitions that an answer names earlier events of; with those of its new events where it has both. */
function partitionsOfEarlier(appended: Appended): ReadonlySet<number> {
  const outcomes = appended.ok ? appended.receipts : appended.conflicts;
  if (appended.ok && appended.stored === outcomes.length) return new Set();
  return new Set(
    outcomes.flatMap(({ position }) =>
      position === undefined ? [] : partitionOf(parseEventPosition(position)),
    ),
  );
}

class KafkaLog implements KafkaEventLog {
  readonly #replicas: readonly Replica[];
  readonly #following: TopicFollower;
  readonly #options: KafkaLogOptions & { readonly clock: Clock };
  readonly #appender: IdempotentAppender;
  /** A group writes events of several requests, so each event has the trace and the number of its own. */
  readonly #traces = new WeakMap<NewEvent, string>();
  readonly #requests = new WeakMap<NewEvent, number>();
  #lastRequest = 0;
  #lastTime = 0;
  #isClosed = false;

  constructor(
    replicas: readonly Replica[],
    following: TopicFollower,
    options: KafkaLogOptions & { readonly clock: Clock },
  ) {
    this.#replicas = replicas;
    this.#following = following;
    this.#options = options;
    this.#appender = new IdempotentAppender(
      {
        name: options.topic.name,
        partitions: replicas.length,
        partitionOf: ({ stream }) => this.#partitionOf(Buffer.from(stream)),
        find: (source, id) => this.#find(source, id),
        requireRoom: (events) => requireRoom(events, options),
        write: (partition, events) => this.#write(partition, events),
      },
      { maxBytes: GROUP_BYTES, timeout: options.appendTimeout ?? Infinity },
    );
  }

  /** Cursors of this process only. */
  get cursors(): EventLog['cursors'] {
    return this.#replica(0).cursors;
  }

  lastRecordTime(): number {
    return largest(this.#replicas.map((replica) => replica.lastRecordTime()));
  }

  fault(): unknown {
    return this.#following.fault();
  }

  stuck(): unknown {
    return this.#appender.stuck();
  }

  dead(): unknown {
    return this.#replicas.map((replica) => replica.dead()).find((fault) => fault !== undefined);
  }

  overdue(): Fault | undefined {
    return this.#replicas.map((replica) => replica.overdue()).find((fault) => fault !== undefined);
  }

  async append(events: readonly NewEvent[], { atomic }: { readonly atomic: boolean }): Promise<Appended> {
    if (this.#isClosed) throw closed();
    this.#options.admit?.();
    this.#checkTopic();
    const traceparent = this.#options.traceparent?.();
    if (traceparent !== undefined) for (const event of events) this.#traces.set(event, traceparent);
    this.#lastRequest += 1;
    if (atomic) for (const event of events) this.#requests.set(event, this.#lastRequest);
    const began = performance.now();
    const request = appendRequest(events, atomic);
    const appended = await withDeadline(this.#options.appendTimeout, async (overdue) => {
      const outcome = await this.#appender.append(request, overdue);
      for (const partition of partitionsOfEarlier(outcome)) await this.#recognised(partition, overdue);
      return outcome;
    });
    this.#options.onAppended?.(appended, performance.now() - began);
    return appended;
  }

  async read(range: Parameters<EventLog['read']>[0]): Promise<RecordedEvent[]> {
    return this.#open(partitionOf(parseEventPosition(range.after))).read(range);
  }

  async readStream(stream: string): Promise<RecordedEvent[]> {
    return this.#open(this.#partitionOf(Buffer.from(stream))).readStream(stream);
  }

  async find(source: string, id: string): Promise<RecordedEvent | undefined> {
    if (this.#isClosed) throw closed();
    return this.#find(source, id);
  }

  async at(position: Position): Promise<RecordedEvent | undefined> {
    const packed = parseEventPosition(position);
    const event = await this.#replicas[partitionOf(packed)]?.at(packed);
    return event?.omitted === undefined ? event : undefined;
  }

  head(): Position {
    return formatLogPosition(this.#replicas.map(({ end }) => end));
  }

  async positionAt(recordTimeMicros: number): Promise<Position> {
    return formatLogPosition(
      await Promise.all(this.#replicas.map((replica) => replica.positionAt(recordTimeMicros))),
    );
  }

  async digestAt(position: Position): Promise<bigint> {
    const packed = parseEventPosition(position);
    return this.#open(partitionOf(packed)).digestAt(packed);
  }

  counts(): Record<string, number> {
    const counts = new Map<string, number>();
    for (const [type, count] of this.#replicas.flatMap((replica) => replica.counts()))
      counts.set(type, (counts.get(type) ?? 0) + count);
    return Object.fromEntries(counts);
  }

  async changed(after: Position, signal?: AbortSignal): Promise<void> {
    const packed = parseEventPosition(after);
    await this.#open(partitionOf(packed)).changed(packed, signal);
  }

  async verify(): Promise<Verification> {
    let [events, streams] = [0, 0];
    for (const replica of this.#replicas) {
      const verified = await replica.verify();
      if (!verified.ok) return verified;
      events += verified.events;
      streams += verified.streams;
    }
    return { ok: true, events, streams, head: this.head() };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    /* Every request has been answered by then; a partition that does not answer holds nothing up. */
    await within(this.#options.appendTimeout, this.#appender.quiet());
    await this.#following.stop();
    await Promise.all(this.#replicas.map((replica) => replica.close()));
  }

  /** Ascending for all events that this process writes, until its clock is set back by more than a minute. */
  #nextTime(): number {
    this.#lastTime = nextRecordTime(this.#lastTime, this.#options.clock());
    return this.#lastTime;
  }

  /**
   * What the topic held is not what this process knows, where it was recreated or has lost records: a repeat of a lost
   * fact would be called known, and a new one be read back as an old one. Throws Fault `log_replaced`, retryable, because
   * another process may know better and an operator may restore it.
   */
  #checkTopic(): void {
    const replaced = this.#replicas.find((replica) => replica.isReplaced)?.replaced();
    const lost = replaced ?? this.#following.lost();
    if (lost instanceof Fault)
      throw new Fault('log_replaced', `nothing is stored: ${lost.message}`, { cause: lost, retryable: true });
  }

  /**
   * What a partition held is what it holds, wherever reading it was interrupted. Throws the Faults of `#checkTopic`, and
   * those of the signal, named by the partition.
   */
  async #recognised(partition: number, overdue?: AbortSignal): Promise<void> {
    try {
      await this.#following.recognised(partition, overdue);
    } catch (fault) {
      this.#checkTopic();
      if (!(fault instanceof Fault)) throw fault;
      const text = `reading partition ${partition} of topic ${this.#options.topic.name} was interrupted, and whether it still holds what this process has read could not be found out: ${fault.message}`;
      throw new PartitionFault(fault.code, text, { retryable: true, cause: fault });
    }
    this.#checkTopic();
  }

  /** The replica of a partition, for reads. Throws Fault `log_closed`: appends in flight still complete, reads do not. */
  #open(partition: number): Replica {
    if (this.#isClosed) throw closed();
    return this.#replica(partition);
  }

  #replica(partition: number): Replica {
    const replica = this.#replicas[partition];
    if (!replica) throw new Fault('unknown_position', `the log has no partition ${partition}`);
    return replica;
  }

  #partitionOf(key: Uint8Array): number {
    return this.#options.partitionOf(key, this.#replicas.length);
  }

  async #find(source: string, id: string): Promise<RecordedEvent | undefined> {
    for (const replica of this.#replicas) {
      const event = await replica.find(source, id);
      if (event) return event;
    }
    return undefined;
  }

  async #write(partition: number, events: readonly NewEvent[]): Promise<RecordedEvent[]> {
    const { format, topic } = this.#options;
    const records = events.map((event) => {
      const traceparent = this.#traces.get(event);
      const record = format.write(event, { recordTime: this.#nextTime(), traceparent });
      const request = this.#requests.get(event);
      return { ...record, partition, ...(request !== undefined && { request }) };
    });
    const replica = this.#replica(partition);
    const before = replica.next;
    const offsets = await topic.append(records);
    if (offsets.some((offset) => offset < before)) {
      replica.replaced();
      this.#checkTopic();
    }
    await this.#readBack(replica, largest(offsets));
    return Promise.all(
      offsets.map(async (offset) => {
        const written = await replica.at(eventPosition(partition, offset + 1));
        if (written) return written;
        throw new Fault(
          'log_too_short',
          `the replica of partition ${partition} has no event at offset ${offset}, which this process wrote; delete its directory, then restart`,
        );
      }),
    );
  }

  /** Waits longer than any request: what is written again while the first copy is not read back only adds to the topic. */
  async #readBack(replica: Replica, offset: number): Promise<void> {
    const { appendTimeout } = this.#options;
    if (replica.next > offset) return;
    const reached = replica.reached(offset);
    if (appendTimeout === undefined) return reached;
    const limit = READ_BACK_DEADLINES * appendTimeout;
    if (!(await within(limit, reached)))
      throw new Fault(
        'log_overdue',
        `its leader has the events, and they could not be read back within ${limit / 1000} s, as while a producer has a transaction open`,
        { retryable: true },
      );
  }
}
