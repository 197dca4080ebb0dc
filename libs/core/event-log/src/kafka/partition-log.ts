import {
  eventPosition,
  formatEventPosition,
  numberInPartition,
  parseEventPosition,
  partitionStart,
} from '@tributary/kernel';
import type { Cursor, Cursors, NewEvent, Omission, RecordedEvent } from '../event-log.ts';
import { sha256 } from '../append-request.ts';
import { InFlightIndex, eventKey } from './in-flight-index.ts';
import type { KnownEvent, EventKey } from './in-flight-index.ts';
import { encodeCommitMetadata, decodeCommitMetadata } from './commit-metadata.ts';
import { isReserved } from './omission.ts';
import type { ReadRecord, RecordFormat } from './record-format.ts';
import type { PartitionAssignment, TopicRecord } from './topic.ts';

export type PartitionLogOptions<Refusal> = {
  readonly assignment: PartitionAssignment;
  readonly format: RecordFormat<Refusal>;
  /** Which of these events the tables hold in this partition. */
  readonly known: (events: readonly EventKey[]) => Promise<readonly KnownEvent[]>;
  /** Keeps what is no event, or names another one; told of it again after a crash. */
  readonly refuse: (refused: RejectedRecord<Refusal>) => Promise<unknown>;
  /** Told once what was passed over. */
  readonly onOmitted?: (why: Omission) => void;
};

export type RejectedRecord<Refusal> = { readonly record: TopicRecord } & (
  | { readonly why: 'refused'; readonly refusal: Refusal }
  | { readonly why: 'conflict'; readonly known: KnownEvent }
);

/** What a projector needs of a log. */
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

/**
 * A partition of the topic, as the one who has claimed it for the tables reads it. An id counts once: at its first
 * place in the partition. Cursors lie with the group: where they stand is the offset that is committed, and the rest
 * of them is the text beside it. The n-th place holds the record with offset n − 1.
 */
export function openPartitionLog<Refusal>(options: PartitionLogOptions<Refusal>): PartitionLog {
  const { assignment } = options;
  const ahead = new InFlightIndex();
  const reader = new PartitionReader(options, ahead);
  const cursors = new Map(decodeCommitMetadata(assignment.committed?.metadata ?? ''));
  let saved: Promise<unknown> = Promise.resolve();
  const tables = cursors.get(TABLES);
  const owed = tables?.planned ? numberInPartition(parseEventPosition(tables.planned.to)) : 0;
  const save = async (name: string, cursor: Cursor): Promise<void> => {
    const next = new Map(cursors).set(name, cursor);
    const position = next.get(TABLES)?.position ?? formatEventPosition(partitionStart(assignment.partition));
    await assignment.commit({
      offset: numberInPartition(parseEventPosition(position)),
      metadata: encodeCommitMetadata(next),
    });
    cursors.set(name, cursor);
    if (name === TABLES) ahead.release(parseEventPosition(position));
  };

  return {
    async read({ after, limit, maxBytes }) {
      const from = numberInPartition(parseEventPosition(after));
      /* A range that was planned is in the topic for certain: it is waited for. */
      const isDue = (): boolean => from < Math.max(owed, assignment.end());
      if (isDue()) await arrivedOr(assignment, from, isDue);
      const records = await assignment.read({ from, limit, maxBytes });
      return reader.events(records, from, limit);
    },
    changed: (after, signal) =>
      assignment.waitForRecord(numberInPartition(parseEventPosition(after)), signal),
    async find(source, id) {
      const near = ahead.get({ source, id });
      if (near) return near;
      const known = await options.known([{ source, id }]);
      return known.find((event) => event.source === source && event.id === id);
    },
    cursors: {
      get: (name) => cursors.get(name),
      /* One after the other: a commit holds all cursors, and must not take back what the one before it says. */
      set(name, cursor) {
        const set = saved.then(() => save(name, cursor));
        saved = set.catch(() => undefined);
        return set;
      },
    },
  };
}

const LOOK_MS = 100;

/** The end steps back where only markers of transactions turn out to lie before it; nothing arrives then. */
async function arrivedOr(claim: PartitionAssignment, from: number, isDue: () => boolean): Promise<void> {
  const steppedBack = new AbortController();
  const looking = setInterval(() => isDue() || steppedBack.abort(), LOOK_MS);
  try {
    await claim.waitForRecord(from, steppedBack.signal);
  } catch (fault) {
    if (!steppedBack.signal.aborted) throw fault;
  } finally {
    clearInterval(looking);
  }
}

/** The cursor whose position is the group's offset. */
const TABLES = 'tables';

class PartitionReader<Refusal> {
  readonly #options: PartitionLogOptions<Refusal>;
  readonly #ahead: InFlightIndex;
  readonly #partition: number;

  constructor(options: PartitionLogOptions<Refusal>, ahead: InFlightIndex) {
    this.#options = options;
    this.#ahead = ahead;
    this.#partition = options.assignment.partition;
  }

  /** One entry an offset from `from` on, at most `limit`; what lies beyond is judged when it is read again. */
  async events(arrived: readonly TopicRecord[], from: number, limit: number): Promise<RecordedEvent[]> {
    const end = from + limit;
    const records = arrived.filter(({ offset }) => offset < end);
    const read: ReadRecord<Refusal>[] = [];
    for (const record of records) read.push(await this.#options.format.read(record));
    const known = await this.#known(read);
    const events: RecordedEvent[] = [];
    for (const [index, record] of arrived.entries()) {
      for (let gap = from + events.length; gap < Math.min(record.offset, end); gap += 1)
        events.push(this.#omit(gap, record, 'gap'));
      const one = read[index];
      if (!one) break;
      events.push(await this.#entry(record, one, known));
    }
    return events;
  }

  /**
   * What is on its way into the tables is noted before they are asked: while they answer it may arrive there and be
   * forgotten here, too late for the answer.
   */
  async #known(read: readonly ReadRecord<Refusal>[]): Promise<ReadonlyMap<string, KnownEvent>> {
    const named = read.flatMap((one) => (one.ok ? [one.event] : []));
    const onTheWay = named.flatMap((event) => this.#ahead.get(event) ?? []);
    const asked = named.filter((event) => !this.#ahead.get(event));
    const inTables = asked.length === 0 ? [] : await this.#options.known(asked);
    return new Map([...inTables, ...onTheWay].map((event) => [eventKey(event), event]));
  }

  async #entry(
    record: TopicRecord,
    read: ReadRecord<Refusal>,
    tables: ReadonlyMap<string, KnownEvent>,
  ): Promise<RecordedEvent> {
    if (!read.ok) {
      await this.#options.refuse({ record, why: 'refused', refusal: read.refusal });
      return this.#omit(record.offset, record, 'refused');
    }
    if (isReserved(read.event)) return this.#omit(record.offset, record, 'refused');
    const event = this.#recorded(record, read.event);
    const known = earlier(tables.get(eventKey(event)), this.#ahead.get(event));
    /* What lies at the place itself or beyond it was put there by an earlier try. */
    if (!known || parseEventPosition(known.position) >= parseEventPosition(event.position)) {
      this.#ahead.add(event);
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
