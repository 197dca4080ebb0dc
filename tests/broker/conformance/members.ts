import { ok } from 'node:assert';
import type { Consumer } from 'kafkajs';
import { TOPIC, until } from './stock-client.ts';
import type { Check, StockClient } from './stock-client.ts';

/** A fetch must not wait longer than the heartbeat interval, because kafkajs sends heartbeats between fetches. */
const MEMBER = {
  groupId: 'shared',
  sessionTimeout: 6000,
  heartbeatInterval: 300,
  rebalanceTimeout: 20_000,
  maxWaitTimeInMs: 300,
};

export const MEMBERS: readonly Check[] = [
  ['rebalances between two members, and when one leaves', rebalances],
];

async function rebalances({ client, admin }: StockClient): Promise<void> {
  const [first, second] = [client.consumer(MEMBER), client.consumer(MEMBER)];
  const assignments = new Map([first, second].map((consumer) => [consumer, follow(consumer)]));
  const shares = (): number[] => [first, second].map((consumer) => assignments.get(consumer)?.().length ?? 0);
  await join(first);
  await until(() => shares()[0] === 4);
  await join(second);
  await until(() => shares().every((share) => share === 2));
  await first.disconnect();
  await until(() => shares()[1] === 4);
  await second.disconnect();
  ok((await admin.listGroups()).groups.some(({ groupId }) => groupId === MEMBER.groupId));
}

function follow(consumer: Consumer): () => readonly number[] {
  let partitions: readonly number[] = [];
  consumer.on('consumer.group_join', ({ payload }) => {
    partitions = payload.memberAssignment[TOPIC] ?? [];
  });
  return () => partitions;
}

async function join(consumer: Consumer): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC });
  await consumer.run({ autoCommit: false, eachBatch: async () => {} });
}
