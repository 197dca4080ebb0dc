import { deepStrictEqual as same } from 'node:assert';
import { CompressionTypes } from 'kafkajs';
import { consume, HEADERS, TOPIC, until } from './stock-client.ts';
import type { Check, StockClient } from './stock-client.ts';

const MANY = 20_000;

export const PRODUCING: Check = ['produces with acks=all, headers, and gzip', produces];

export const PRODUCERS: readonly Check[] = [
  ['produces idempotently', producesIdempotently],
  ['commits offsets in a transaction', transacts],
  ['refuses a record that is too large', refusesALargeRecord],
  [`produces ${MANY} records of 1 KiB and reads them`, producesMany],
  ['continues on the same connections after SIGKILL and restart', survives],
];

async function produces({ client, admin }: StockClient): Promise<void> {
  const producer = client.producer();
  await producer.connect();
  const messages = ['1', '2', '3'].map((value) => ({ key: 'k', value, headers: HEADERS, partition: 2 }));
  const [written] = await producer.send({
    topic: TOPIC,
    acks: -1,
    compression: CompressionTypes.GZIP,
    messages,
  });
  await producer.disconnect();
  same([written?.partition, written?.baseOffset], [2, '0']);
  const offsets = await admin.fetchTopicOffsets(TOPIC);
  same(offsets.find(({ partition }) => partition === 2)?.high, '3');
}

async function producesIdempotently({ client }: StockClient): Promise<void> {
  const producer = client.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  for (const value of ['4', '5']) await producer.send({ topic: TOPIC, messages: [{ value, partition: 3 }] });
  await producer.disconnect();
}

async function transacts({ client, admin }: StockClient): Promise<void> {
  const producer = client.producer({ transactionalId: 't', idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic: TOPIC, messages: [{ value: '6', partition: 3 }] });
  const topics = [{ topic: TOPIC, partitions: [{ partition: 3, offset: '2' }] }];
  await transaction.sendOffsets({ consumerGroupId: 'transacting', topics });
  await transaction.commit();
  await producer.disconnect();
  // The commit marker reaches the group shortly after the answer.
  await until(async () => {
    const [found] = await admin.fetchOffsets({ groupId: 'transacting', topics: [TOPIC] });
    return found?.partitions.find(({ partition }) => partition === 3)?.offset === '2';
  });
}

async function refusesALargeRecord({ client }: StockClient): Promise<void> {
  const producer = client.producer();
  await producer.connect();
  const messages = [{ value: Buffer.alloc(1_200_000) }];
  const refused = await producer.send({ topic: TOPIC, messages }).catch((error: unknown) => error);
  await producer.disconnect();
  same(refused instanceof Error && 'type' in refused ? refused.type : refused, 'MESSAGE_TOO_LARGE');
}

async function producesMany(stockClient: StockClient): Promise<void> {
  const producer = stockClient.client.producer();
  await producer.connect();
  const value = Buffer.alloc(1024, 'x');
  for (let sent = 0; sent < MANY; sent += 500) {
    const messages = Array.from({ length: 500 }, (_, index) => ({ key: String(sent + index), value }));
    await producer.send({ topic: TOPIC, acks: -1, messages });
  }
  await producer.disconnect();
  await consume(stockClient, { group: 'many', topic: TOPIC, enough: ({ length }) => length >= MANY });
}

async function survives({ client, broker, admin }: StockClient): Promise<void> {
  const before = await admin.fetchTopicOffsets(TOPIC);
  const producer = client.producer();
  await producer.connect();
  await broker.kill();
  const sent = producer.send({ topic: TOPIC, acks: -1, messages: [{ value: 'after', partition: 0 }] });
  await broker.restart();
  const [written] = await sent;
  await producer.disconnect();
  same(written?.baseOffset, before.find(({ partition }) => partition === 0)?.high);
}
