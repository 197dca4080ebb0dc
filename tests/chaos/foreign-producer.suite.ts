import { Kafka, logLevel, Partitioners } from 'kafkajs';
import type { Topic } from '@tributary/event-log';
import type { Sending } from './sendings.suite.ts';

/** Writes what a client of ours writes, and records without a value as somebody else's client does. */
export type Writer = {
  write(sendings: readonly Sending[]): Promise<void>;
  close(): Promise<void>;
};

export async function openWriter(topic: Topic, brokers: readonly string[]): Promise<Writer> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'foreign', logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const foreign = async (sendings: readonly Sending[]): Promise<void> => {
    const messages = sendings.map(({ key, partition }) => ({
      key: Buffer.from(key),
      partition,
      value: null,
    }));
    await producer.send({ topic: topic.name, messages });
  };
  return {
    async write(sendings) {
      const ours = sendings.flatMap(({ value, ...rest }) => (value ? [{ ...rest, value }] : []));
      const theirs = sendings.filter(({ value }) => value === null);
      if (ours.length > 0) await topic.append(ours);
      if (theirs.length > 0) await foreign(theirs);
    },
    close: () => producer.disconnect(),
  };
}
