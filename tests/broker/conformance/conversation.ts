import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Broker } from '../../../libs/testing/test-servers/src/broker/broker.ts';

/** A stock client beside the broker that it talks to. */
export type StockClient = {
  readonly broker: Broker;
  readonly client: Kafka;
  readonly admin: Admin;
  /** Lines of the client at level error, as they come. */
  readonly complaints: string[];
};

export type Check = readonly [sentence: string, of: (talk: StockClient) => Promise<unknown>];

export const TOPIC = 'conformance';
export const HEADERS = { 'content-type': 'application/cloudevents+json', ce_id: 'a/1' };

export async function connectStockClient(broker: Broker): Promise<StockClient> {
  const complaints: string[] = [];
  const client = new Kafka({
    clientId: 'conformance',
    brokers: [...broker.bootstrap],
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ log }) =>
        void complaints.push(`${log.message} ${String(log['error'] ?? '')}`.trim()),
    retry: { initialRetryTime: 100, retries: 8 },
  });
  const admin = client.admin();
  await admin.connect();
  return { broker, client, admin, complaints };
}

export const asText = (value: KafkaMessage['value'] | undefined): string => String(value ?? '');

/** Consumes as a member of a group, until `enough` says so of what has come; leaves the group. Nothing is committed by itself. */
export async function consume(
  { client }: StockClient,
  { group, topic, enough, each }: Consumption,
): Promise<KafkaMessage[]> {
  const consumer = client.consumer({ groupId: group, sessionTimeout: 6000, heartbeatInterval: 500 });
  const seen: KafkaMessage[] = [];
  const signal = new AbortController();
  const done = once(signal.signal, 'abort');
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async (payload) => {
      seen.push(...payload.batch.messages);
      await each?.(consumer, payload);
      if (enough(seen)) signal.abort();
    },
  });
  await done;
  await consumer.disconnect();
  return seen;
}

export type Consumption = {
  readonly group: string;
  readonly topic: string;
  readonly enough: (seen: readonly KafkaMessage[]) => boolean;
  readonly each?: (consumer: Consumer, payload: EachBatchPayload) => Promise<void>;
};

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 300) throw new Error('does not come about within 30 s');
    await pause(100);
  }
}
