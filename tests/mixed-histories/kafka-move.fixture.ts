import { connectTopic, partitionOf } from '@tributary/kafka';
import { copyEvents } from '@tributary/lifecycle';
import type { NewEvent, Topic } from '@tributary/event-log';
import { Kafka, logLevel } from 'kafkajs';
import { asSent } from './facts.fixture.ts';
import { groupOf } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';

/** Partitions are added to the topic, with Kafka's own tools. */
export async function addPartitions({ bootstrap, topic }: KafkaWorld, partitions: number): Promise<void> {
  const admin = new Kafka({ brokers: [...bootstrap], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
  await admin.disconnect();
}

/** One run of the command that copies a topic into another one. Returns how many records are left. */
export type CopyRun = (from: KafkaWorld, to: KafkaWorld, isLast: boolean) => Promise<number>;

export const copyRun: CopyRun = async (from, to, isLast) => {
  const kafka = {
    brokers: [...from.bootstrap],
    topic: from.topic,
    group: groupOf(from),
    deadLettersTopic: '',
    retryTimeout: 30_000,
    ssl: false,
    clusterId: undefined,
    mechanism: undefined,
    username: undefined,
    password: undefined,
  };
  const { topic, partitions } = to;
  const copied = await copyEvents(kafka, { to: topic, partitions, isLast, isLate: false }, () => undefined);
  return copied.left;
};

/** A producer that writes facts to the topic itself, by Kafka's partitioner and the partitions that it knows of. */
export class AnotherProducer {
  readonly #written: NewEvent[] = [];
  #topic: Topic | undefined;

  /** What the broker has acknowledged. */
  get written(): readonly NewEvent[] {
    return this.#written;
  }

  /** It learns of the partitions that there are now. */
  async connect({ bootstrap, topic }: KafkaWorld): Promise<void> {
    await this.close();
    this.#topic = await connectTopic({ brokers: bootstrap, clientId: 'another-producer', topic });
  }

  async write(events: readonly NewEvent[]): Promise<'unknown'> {
    const { partitions = 1 } = this.#topic ?? {};
    const records = events.map((event) => {
      const key = Buffer.from(event.stream);
      const value = asSent(event).bytes;
      return { partition: partitionOf(key, partitions), key, value, headers: HEADERS };
    });
    await this.#topic?.append(records);
    this.#written.push(...events);
    return 'unknown';
  }

  async close(): Promise<void> {
    await this.#topic?.close();
    this.#topic = undefined;
  }
}

const HEADERS = [['content-type', Buffer.from('application/cloudevents+json')]] as const;
