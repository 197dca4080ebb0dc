import type { PartitionBounds, Topic, TopicRecord } from './topic.ts';

/**
 * The records of a topic within bounds, all partitions in one sequence. Each partition keeps its order; between
 * partitions, earlier records come first. A record counts as no earlier than those before it in its partition, as in a
 * replica. `timeOf` is in microseconds since 1970; 0 for a record that has no time.
 */
export async function* recordsByTime(
  topic: Pick<Topic, 'follow'>,
  bounds: readonly PartitionBounds[],
  timeOf: (record: TopicRecord) => number,
): AsyncGenerator<readonly TopicRecord[]> {
  const sources = bounds.map((bound) => new PartitionSource(bound, timeOf));
  const following = await topic.follow({
    from: bounds.map(({ first }) => first),
    take: ({ partition, records }) => sources[partition]?.deliver(records) ?? Promise.resolve(),
  });
  try {
    for (;;) {
      const open = sources.filter(({ isOver }) => !isOver);
      if (open.length === 0) return;
      await Promise.all(open.map((source) => source.filled()));
      yield untilOneIsEmpty(open);
    }
  } finally {
    /* What waits to be taken would hold the follower. */
    for (const source of sources) source.close();
    await following.stop();
  }
}

function untilOneIsEmpty(open: readonly PartitionSource[]): TopicRecord[] {
  const merged: TopicRecord[] = [];
  while (open.every(({ head }) => head !== undefined)) {
    let earliest = open[0];
    for (const source of open) if (earliest === undefined || source.time < earliest.time) earliest = source;
    const record = earliest?.shift();
    if (record) merged.push(record);
  }
  return merged;
}

/** One partition: the portion that was fetched last, and how far it is taken. */
class PartitionSource {
  readonly #end: number;
  readonly #timeOf: (record: TopicRecord) => number;
  #portion: readonly TopicRecord[] = [];
  #at = 0;
  #next: number;
  #time = 0;
  #isClosed = false;
  #taken = (): void => undefined;
  #fill = (): void => undefined;

  constructor({ first, end }: PartitionBounds, timeOf: (record: TopicRecord) => number) {
    this.#next = first;
    this.#end = end;
    this.#timeOf = timeOf;
  }

  get isOver(): boolean {
    return this.#next >= this.#end;
  }

  get head(): TopicRecord | undefined {
    return this.#portion[this.#at];
  }

  /** Of the head. */
  get time(): number {
    return this.#time;
  }

  /** Resolves when all records of the portion within the bounds are taken, so that no more than one is in memory. */
  async deliver(records: readonly TopicRecord[]): Promise<void> {
    const portion = records.filter(({ offset }) => offset >= this.#next && offset < this.#end);
    if (this.#isClosed || portion.length === 0) return;
    const taken = new Promise<void>((resolve) => (this.#taken = resolve));
    this.#portion = portion;
    this.#at = 0;
    this.#measure();
    this.#fill();
    await taken;
  }

  shift(): TopicRecord | undefined {
    const record = this.head;
    if (!record) return undefined;
    this.#at += 1;
    this.#next = record.offset + 1;
    if (this.head) this.#measure();
    else this.#taken();
    return record;
  }

  /** Resolves when there is a head. */
  async filled(): Promise<void> {
    if (this.head === undefined) await new Promise<void>((resolve) => (this.#fill = resolve));
  }

  close(): void {
    this.#isClosed = true;
    this.#taken();
  }

  #measure(): void {
    if (this.head) this.#time = Math.max(this.#time, this.#timeOf(this.head));
  }
}
