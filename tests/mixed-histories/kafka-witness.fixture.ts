import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { memoryBlobs } from '@tributary/blobs';
import { openKafkaLog } from '@tributary/event-log';
import type { KafkaEventLog, RecordedEvent, Topic } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import {
  formatEventPosition,
  numberInPartition,
  parseEventPosition,
  parseLogPosition,
  partitionOf as partitionAt,
  partitionStart,
} from '@tributary/kernel';
import { eventFormat } from '@tributary/lifecycle';
import { connectAnyhow } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';

const ALL = { limit: 1_000_000, maxBytes: 2 ** 40 };

/** A reader of the topic with a disk of its own, to which nothing happens: what it reads is what the log says. */
export class KafkaWitness {
  readonly log: KafkaEventLog;
  readonly #topic: Topic;

  private constructor(topic: Topic, log: KafkaEventLog) {
    this.#topic = topic;
    this.log = log;
  }

  static async open(world: KafkaWorld, directory: string): Promise<KafkaWitness> {
    const topic = await connectAnyhow(world);
    const format = eventFormat(memoryBlobs(), topic.partitions);
    return new KafkaWitness(
      topic,
      await openKafkaLog({ topic, format, directory: join(directory, topic.name), partitionOf }),
    );
  }

  async events(): Promise<RecordedEvent[]> {
    return (await this.#positions()).filter(({ omitted }) => omitted === undefined);
  }

  /** The records, by partition and offset, that readers refuse; dead letters keep them. */
  async refused(): Promise<string[]> {
    const all = await this.#positions();
    const refused = all.filter(({ omitted }) => omitted === 'refused' || omitted === 'conflict');
    return refused.map(({ position }) => {
      const packed = parseEventPosition(position);
      return `kafka ${this.#topic.name}/${partitionAt(packed)}@${numberInPartition(packed) - 1}`;
    });
  }

  /** Resolves when a log has read what the topic has now. */
  async isReadBy(log: () => Pick<KafkaEventLog, 'head'>): Promise<void> {
    const bounds = await this.#topic.bounds();
    const isRead = (): boolean => {
      const ends = parseLogPosition(log().head(), this.#topic.partitions) ?? [];
      return bounds.every(({ end }, partition) => (ends[partition] ?? 0) - partitionStart(partition) >= end);
    };
    while (!isRead()) await pause(2);
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.#topic.close();
  }

  async #positions(): Promise<RecordedEvent[]> {
    await this.isReadBy(() => this.log);
    const events: RecordedEvent[] = [];
    for (let partition = 0; partition < this.#topic.partitions; partition += 1)
      for (const event of await this.log.read({
        ...ALL,
        after: formatEventPosition(partitionStart(partition)),
      }))
        events.push(event);
    return events;
  }
}
