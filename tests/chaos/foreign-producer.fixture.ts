import { Kafka, logLevel, Partitioners } from 'kafkajs';
import type { Topic } from '@tributary/event-log';
import type { TestRecord } from './test-records.fixture.ts';

/** Writes records through our client, and records without a value through another client, since ours refuses them. */
export type Writer = {
  write(records: readonly TestRecord[]): Promise<void>;
  close(): Promise<void>;
};

export async function openWriter(topic: Topic, brokers: readonly string[]): Promise<Writer> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'foreign', logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const foreign = async (records: readonly TestRecord[]): Promise<void> => {
    const messages = records.map(({ key, partition }) => ({
      key: Buffer.from(key),
      partition,
      value: null,
    }));
    await producer.send({ topic: topic.name, messages });
  };
  return {
    async write(records) {
      const ours = records.flatMap(({ value, ...rest }) => (value ? [{ ...rest, value }] : []));
      const theirs = records.filter(({ value }) => value === null);
      if (ours.length > 0) await topic.append(ours);
      if (theirs.length > 0) await foreign(theirs);
    },
    close: () => producer.disconnect(),
  };
}
