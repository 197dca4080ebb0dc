import { createHash } from 'node:crypto';
import { digestReferencedIn } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { recordsByTime } from '@tributary/event-log';
import type {
  KnownEvent,
  NewEvent,
  PartitionBounds,
  RecordFormat,
  Topic,
  TopicRecord,
} from '@tributary/event-log';
import {
  eventPosition,
  formatEventPosition,
  numberInPartition,
  parseEventPosition,
  partitionStart,
} from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { knownEvents, registeredRows } from '../event-register.ts';
import { absentBlobs } from './absent-blobs.ts';

/** Records of a topic that were read and compared with the events that the tables register. */
export type VerifiedTopic = {
  readonly records: number;
  readonly events: number;
  /** Records with the id and content of an event before them. */
  readonly repeated: number;
  /** Records that are no event, or have another content under the id of an earlier one: dead letters keep them. */
  readonly refused: number;
  /** Events whose data are in a blob that is not there. */
  readonly missingBlobs: number;
  /** Files that facts name by their digest and that are not kept, as where an import left them out. */
  readonly notKept: number;
  /** What differs, in words: the first difference of each kind and partition. */
  readonly differences: readonly string[];
};

export type TopicToVerify = {
  readonly topic: Pick<Topic, 'bounds' | 'follow'>;
  readonly format: RecordFormat;
  readonly reader: SqlReader;
  readonly blobs: Pick<Blobs, 'has' | 'read'>;
  /** Every event up to here is in the tables. */
  readonly position: LogPosition;
};

/** Events that one query looks up. */
const LOOKED_UP = 2_000;

/**
 * Reads every record of a topic up to a position of the tables. Each event must be registered there with the hash of its
 * bytes, and have its blob; the tables must not register others. Changes nothing. The topic may go on. Throws the Faults
 * of topic and reader.
 */
export async function verifyTopic(
  { topic, format, reader, blobs, position }: TopicToVerify,
  step: (text: string) => void,
): Promise<VerifiedTopic> {
  const bounds = await topic.bounds();
  const partitions = position.map(
    (end, partition) => new PartitionCheck(partition, numberInPartition(end), reader),
  );
  const outOfBounds = partitions.flatMap(({ partition, end }) =>
    boundsText(partition, end, bounds[partition]),
  );
  const until = bounds.map(({ first, end }, partition) => ({
    first,
    end: Math.min(end, partitions[partition]?.end ?? first),
  }));
  let records = 0;
  for await (const portion of recordsByTime(topic, until, () => 0)) {
    const [first] = portion;
    for (let from = 0; first && from < portion.length; from += LOOKED_UP)
      await partitions[first.partition]?.check(portion.slice(from, from + LOOKED_UP), format, blobs);
    records += portion.length;
    step(
      `log: ${records} of ${until.reduce((sum, { first: from, end }) => sum + Math.max(0, end - from), 0)} records`,
    );
  }
  const different = await Promise.all(partitions.map((partition) => partition.finish()));
  const sum = (of: (partition: PartitionCheck) => number): number =>
    partitions.reduce((total, partition) => total + of(partition), 0);
  return {
    records,
    events: sum(({ events }) => events),
    repeated: sum(({ repeated }) => repeated),
    refused: sum(({ refused }) => refused),
    missingBlobs: sum(({ missingBlobs }) => missingBlobs),
    notKept: new Set(partitions.flatMap(({ notKept }) => [...notKept])).size,
    differences: [...outOfBounds, ...different.flat()],
  };
}

function boundsText(partition: number, end: number, bounds: PartitionBounds | undefined): string[] {
  if (!bounds) return [`the topic has no partition ${partition}, and the tables hold events of it`];
  const { first, end: last } = bounds;
  return [
    ...(first > 0
      ? [
          `partition ${partition} begins at offset ${first}: the broker has deleted the ${first} records before it; restore the topic from a copy, and set retention.ms to -1`,
        ]
      : []),
    ...(last < end
      ? [`partition ${partition} ends at offset ${last}, and the tables hold events up to offset ${end - 1}`]
      : []),
  ];
}

type Registered = Pick<KnownEvent, 'source' | 'id' | 'hash' | 'position'>;

/** One partition: what of it was read, and the first event of each kind that differs. */
class PartitionCheck {
  events = 0;
  repeated = 0;
  refused = 0;
  missingBlobs = 0;
  /** SHA-256 of files that facts name and that are not kept. */
  readonly notKept = new Set<string>();
  readonly partition: number;
  /** The offset behind the last record that the tables have read. */
  readonly end: number;
  readonly #reader: SqlReader;
  /** By kind of difference: the first in words, and how many there are. */
  readonly #found = new Map<string, { readonly first: string; count: number }>();

  constructor(partition: number, end: number, reader: SqlReader) {
    this.partition = partition;
    this.end = end;
    this.#reader = reader;
  }

  async check(
    records: readonly TopicRecord[],
    format: RecordFormat,
    blobs: Pick<Blobs, 'has' | 'read'>,
  ): Promise<void> {
    const read: { readonly position: number; readonly event: NewEvent }[] = [];
    for (const record of records) {
      const one = record.unreadable ? undefined : await format.read(record);
      if (one?.ok === true && one.event.source !== '')
        read.push({ position: eventPosition(this.partition, record.offset + 1), event: one.event });
      else this.refused += 1;
    }
    if (read.length === 0) return;
    const known = await knownEvents(this.#reader, this.partition)(read.map(({ event }) => event));
    const registered = new Map(known.map((event) => [keyOf(event), event]));
    for (const { position, event } of read) {
      this.#compare(position, event, registered.get(keyOf(event)));
      await this.#checkBlobs(position, event, blobs);
    }
  }

  async #checkBlobs(position: number, event: NewEvent, blobs: Pick<Blobs, 'has' | 'read'>): Promise<void> {
    const digest = digestReferencedIn(event.bytes);
    if (digest === undefined || blobs.has(digest)) {
      for (const named of await absentBlobs(event, blobs)) this.notKept.add(named);
      return;
    }
    this.missingBlobs += 1;
    this.#note('blob', `blob ${digest} of the event at ${formatEventPosition(position)} is missing`);
  }

  #compare(position: number, event: NewEvent, registered: Registered | undefined): void {
    const at = registered && parseEventPosition(registered.position);
    const isSame = registered?.hash === createHash('sha256').update(event.bytes).digest('hex');
    if (at !== undefined && at < position) {
      if (isSame) this.repeated += 1;
      else this.refused += 1;
      return;
    }
    this.events += 1;
    if (at === position && isSame) return;
    const text = formatEventPosition(position);
    if (at === position)
      this.#note('content', `at ${text} the tables hold an event with another content than the topic`);
    else this.#note('lacking', `the tables lack the event at ${text} (${event.type})`);
  }

  #note(kind: string, first: string): void {
    const found = this.#found.get(kind) ?? { first, count: 0 };
    found.count += 1;
    this.#found.set(kind, found);
  }

  /** All differences, once every record was checked. */
  async finish(): Promise<string[]> {
    const after = partitionStart(this.partition);
    const { rows } = await registeredRows(this.#reader, { after, until: after + this.end });
    const lacking = this.#found.get('lacking')?.count ?? 0;
    const more = rows - (this.events - lacking);
    if (more > 0)
      this.#note(
        'more',
        `the tables hold ${more} events of partition ${this.partition} that the topic has not`,
      );
    return [...this.#found.values()].map(({ first, count }) =>
      count === 1 ? first : `${first}, the first of ${count} in partition ${this.partition}`,
    );
  }
}

const keyOf = ({ source, id }: Pick<NewEvent, 'source' | 'id'>): string => JSON.stringify([source, id]);
