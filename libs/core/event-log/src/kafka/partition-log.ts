import {
  eventPosition,
  formatEventPosition,
  numberInPartition,
  parseEventPosition,
  partitionStart,
} from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Cursor, Cursors, NewEvent, Omission, RecordedEvent } from '../event-log.ts';
import { sha256 } from '../append-request.ts';
import { InFlightIndex, eventKey } from './in-flight-index.ts';
import type { KnownEvent, EventKey } from './in-flight-index.ts';
import { encodeCommitMetadata, decodeCommitMetadata } from './commit-metadata.ts';
import { isReserved, omissionBefore } from './omission.ts';
import { pinIn, withPin } from './pinned-partitions.ts';
import type { ReadRecord, RecordFormat } from './record-format.ts';
import { TablesTopic } from './tables-topic.ts';
import type { PartitionAssignment, TopicRecord, UnreadableBatch } from './topic.ts';

export type PartitionLogOptions<Refusal> = {
  readonly assignment: PartitionAssignment;
  readonly format: RecordFormat<Refusal>;
  /** Partitions of the topic. The number is committed with the cursors, so that a change of it is noticed. */
  readonly partitions?: number;
  /** The number of the contract of this program. The highest is committed with the cursors; writers wait for theirs. */
  readonly contract?: number;
  /** Finds those of these events that the tables have in this partition. */
  readonly known: (events: readonly EventKey[]) => Promise<readonly KnownEvent[]>;
  /** Finds what the tables have at a position. */
  readonly storedAt: (position: Position) => Promise<EventKey | undefined>;
  /**
   * Keeps a record that is not an event or that conflicts with one, or a batch that cannot be read. Called again for the
   * same record after a crash.
   */
  readonly refuse: (refused: RejectedRecord<Refusal>) => Promise<unknown>;
  /** Called once for each position without an event. */
  readonly onOmitted?: (why: Omission) => void;
};

/**
 * A record that is not an event (`refused`), or that has another content under a known id (`conflict`); or the last record
 * of a batch of which none can be read (`unreadable`).
 */
export type RejectedRecord<Refusal> = { readonly record: TopicRecord } & (
  | { readonly why: 'unreadable'; readonly batch: UnreadableBatch }
  | { readonly why: 'refused'; readonly refusal: Refusal }
  | { readonly why: 'conflict'; readonly known: KnownEvent }
);

/** The part of a log that a projector needs. */
export type PartitionLog = {
  readonly cursors: Cursors;
  read(range: {
    readonly after: RecordedEvent['position'];
    readonly limit: number;
    readonly maxBytes: number;
  }): Promise<RecordedEvent[]>;
  changed(after: RecordedEvent['position'], signal?: AbortSignal): Promise<void>;
  find(source: string, id: string): Promise<KnownEvent | undefined>;
};

/** The log of an assigned partition. */
export type AssignedLog = PartitionLog & {
  /** Commits the contract of this program where the group has committed none or an earlier one. */
  stateContract(): Promise<void>;
};

/**
 * The log of an assigned partition of the topic, for the projector that fills the tables. An id counts once: at its
 * first position in the partition. Cursors are committed with the group: the position of the tables as the offset, and
 * all of them in its metadata. Position n has the record with offset n − 1. Reading throws Fault `log_replaced` where the
 * topic is another one than the tables were filled from.
 */
export function openPartitionLog<Refusal>(options: PartitionLogOptions<Refusal>): AssignedLog {
  const { assignment } = options;
  const inFlight = new InFlightIndex();
  const reader = new PartitionReader(options, inFlight);
  const topic = new TablesTopic(options);
  const cursors = new Map(decodeCommitMetadata(assignment.committed?.metadata ?? ''));
  let saved: Promise<unknown> = Promise.resolve();
  const tables = cursors.get(TABLES);
  const owed = tables?.planned ? numberInPartition(parseEventPosition(tables.planned.to)) : 0;
  const before = pinIn(cursors);
  const contract = laterOf(before.contract, options.contract);
  const commit = async (next: ReadonlyMap<string, Cursor>): Promise<number> => {
    const position = next.get(TABLES)?.position ?? formatEventPosition(partitionStart(assignment.partition));
    const pinned = withPin(next, { position, partitions: options.partitions, contract });
    await assignment.commit({
      offset: numberInPartition(parseEventPosition(position)),
      metadata: encodeCommitMetadata(pinned),
    });
    return parseEventPosition(position);
  };
  const save = async (name: string, cursor: Cursor): Promise<void> => {
    const position = await commit(new Map(cursors).set(name, cursor));
    cursors.set(name, cursor);
    if (name === TABLES) inFlight.release(position);
  };

  return {
    async read({ after, limit, maxBytes }) {
      await topic.recognise(cursors.get(TABLES)?.position);
      const from = numberInPartition(parseEventPosition(after));
      /* A range that was planned is in the topic, unless that has lost records, so it is waited for. */
      const isDue = (): boolean => from < Math.max(owed, assignment.end());
      if (isDue()) await waitForRecordOr(assignment, from, isDue);
      const records = await assignment.read({ from, limit, maxBytes });
      return reader.events(records, from, limit);
    },
    changed: (after, signal) =>
      assignment.waitForRecord(numberInPartition(parseEventPosition(after)), signal),
    async find(source, id) {
      const near = inFlight.get({ source, id });
      if (near) return near;
      const known = await options.known([{ source, id }]);
      return known.find((event) => event.source === source && event.id === id);
    },
    async stateContract() {
      /* The offset of a commit without cursors is that of another tool, and stays for the check of the tables. */
      const isForeign = assignment.committed !== undefined && cursors.size === 0;
      if (contract !== before.contract && !isForeign) await commit(cursors);
    },
    cursors: {
      get: (name) => cursors.get(name),
      /* In sequence: a commit has all cursors and must not revert the commit before it. */
      set(name, cursor) {
        const set = saved.then(() => save(name, cursor));
        saved = set.catch(() => undefined);
        return set;
      },
    },
  };
}

const laterOf = (committed: number | undefined, own: number | undefined): number | undefined =>
  own === undefined ? committed : Math.max(committed ?? 0, own);

const LOOK_MS = 100;
/** A leader that has just been elected may not know its end yet. After so many looks the topic has lost records. */
const LOOKS_AT_SHORT_TOPIC = 300;

/**
 * The end moves back where only transaction markers are before it, or the topic has lost records: then no record is
 * fetched, and the caller finds none.
 */
async function waitForRecordOr(
  assignment: PartitionAssignment,
  from: number,
  isDue: () => boolean,
): Promise<void> {
  const steppedBack = new AbortController();
  let short = 0;
  const look = (): void => {
    short = from < assignment.end() ? 0 : short + 1;
    if (!isDue() || short > LOOKS_AT_SHORT_TOPIC) steppedBack.abort();
  };
  const looking = setInterval(look, LOOK_MS);
  try {
    await assignment.waitForRecord(from, steppedBack.signal);
  } catch (fault) {
    if (!steppedBack.signal.aborted) throw fault;
  } finally {
    clearInterval(looking);
  }
}

type Decoded<Refusal> = ReadRecord<Refusal> | { readonly ok: false; readonly unreadable: UnreadableBatch };

/** The cursor whose position is the committed offset. */
const TABLES = 'tables';

class PartitionReader<Refusal> {
  readonly #options: PartitionLogOptions<Refusal>;
  readonly #inFlight: InFlightIndex;
  readonly #partition: number;

  constructor(options: PartitionLogOptions<Refusal>, inFlight: InFlightIndex) {
    this.#options = options;
    this.#inFlight = inFlight;
    this.#partition = options.assignment.partition;
  }

  /** One entry for each offset from `from` on, at most `limit`. Later records are classified when they are read again. */
  async events(fetched: readonly TopicRecord[], from: number, limit: number): Promise<RecordedEvent[]> {
    const end = from + limit;
    const records = fetched.filter(({ offset }) => offset < end);
    const read: Decoded<Refusal>[] = [];
    for (const record of records) read.push(await this.#decode(record));
    const known = await this.#known(read);
    const events: RecordedEvent[] = [];
    for (const [index, record] of fetched.entries()) {
      for (let gap = from + events.length; gap < Math.min(record.offset, end); gap += 1)
        events.push(this.#omit(gap, record, omissionBefore(gap, record)));
      const one = read[index];
      if (!one) break;
      events.push(await this.#entry(record, one, known));
    }
    return events;
  }

  #decode(record: TopicRecord): Decoded<Refusal> | Promise<Decoded<Refusal>> {
    const { unreadable } = record;
    return unreadable ? { ok: false, unreadable } : this.#options.format.read(record);
  }

  /**
   * Events in flight to the tables are collected before the query: while it runs, they may reach the tables and be
   * released here, too late for its result.
   */
  async #known(read: readonly Decoded<Refusal>[]): Promise<ReadonlyMap<string, KnownEvent>> {
    const named = read.flatMap((one) => (one.ok ? [one.event] : []));
    const inFlight = named.flatMap((event) => this.#inFlight.get(event) ?? []);
    const unknown = named.filter((event) => !this.#inFlight.get(event));
    const inTables = unknown.length === 0 ? [] : await this.#options.known(unknown);
    return new Map([...inTables, ...inFlight].map((event) => [eventKey(event), event]));
  }

  async #entry(
    record: TopicRecord,
    read: Decoded<Refusal>,
    tables: ReadonlyMap<string, KnownEvent>,
  ): Promise<RecordedEvent> {
    if (!read.ok) {
      await this.#options.refuse(
        'unreadable' in read
          ? { record, why: 'unreadable', batch: read.unreadable }
          : { record, why: 'refused', refusal: read.refusal },
      );
      return this.#omit(record.offset, record, 'refused');
    }
    if (isReserved(read.event)) return this.#omit(record.offset, record, 'refused');
    const event = this.#recorded(record, read.event);
    const known = earlier(tables.get(eventKey(event)), this.#inFlight.get(event));
    /* At this position or after it, the tables have what an earlier attempt wrote. */
    if (!known || parseEventPosition(known.position) >= parseEventPosition(event.position)) {
      this.#inFlight.add(event);
      return event;
    }
    if (known.hash === event.hash) return this.#omit(record.offset, record, 'duplicate');
    await this.#options.refuse({ record, why: 'conflict', known });
    return this.#omit(record.offset, record, 'conflict');
  }

  #recorded({ offset }: TopicRecord, event: NewEvent & { readonly recordTime: number }): RecordedEvent {
    const position = formatEventPosition(eventPosition(this.#partition, offset + 1));
    return { ...event, position, streamSequence: offset + 1, hash: sha256(event.bytes) };
  }

  #omit(offset: number, { timestamp }: TopicRecord, why: Omission): RecordedEvent {
    this.#options.onOmitted?.(why);
    return {
      source: '',
      id: '',
      type: '',
      stream: '',
      bytes: NOTHING,
      position: formatEventPosition(eventPosition(this.#partition, offset + 1)),
      streamSequence: offset + 1,
      recordTime: timestamp * 1000,
      hash: '',
      omitted: why,
    };
  }
}

const NOTHING = new Uint8Array();

const earlier = (one: KnownEvent | undefined, other: KnownEvent | undefined): KnownEvent | undefined =>
  one && other && parseEventPosition(other.position) < parseEventPosition(one.position)
    ? other
    : (one ?? other);
