import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Broker } from '../../../libs/testing/test-servers/src/broker/broker.ts';

/** An unmodified kafkajs client, connected to a broker. */
export type StockClient = {
  readonly broker: Broker;
  readonly client: Kafka;
  readonly admin: Admin;
  /** The lines that the client has logged at level error. */
  readonly errors: string[];
};

export type Check = readonly [sentence: string, of: (stockClient: StockClient) => Promise<unknown>];

export const TOPIC = 'conformance';
export const HEADERS = { 'content-type': 'application/cloudevents+json', ce_id: 'a/1' };

export async function connectStockClient(broker: Broker): Promise<StockClient> {
  const errors: string[] = [];
  const client = new Kafka({
    clientId: 'conformance',
    brokers: [...broker.bootstrap],
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ log }) =>
        void errors.push(`${log.message} ${String(log['error'] ?? '')}`.trim()),
    retry: { initialRetryTime: 100, retries: 8 },
  });
  const admin = client.admin();
  await admin.connect();
  return { broker, client, admin, errors };
}

export const asText = (value: KafkaMessage['value'] | undefined): string => String(value ?? '');

/** Consumes as a member of a group until `enough` returns true, then leaves the group. Commits nothing by itself. */
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
  for (let attempts = 0; !(await holds()); attempts++) {
    if (attempts > 300) throw new Error('the condition is not met within 30 s');
    await pause(100);
  }
}
