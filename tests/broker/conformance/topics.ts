import { deepStrictEqual as same, ok } from 'node:assert';
import { TOPIC } from './stock-client.ts';
import type { Check, StockClient } from './stock-client.ts';

export const TOPICS: readonly Check[] = [
  ['creates a topic and describes its settings', createsATopic],
  ['describes the cluster', describesTheCluster],
];

export const TOPIC_DELETION: Check = ['deletes a topic', deletesATopic];

async function createsATopic({ admin }: StockClient): Promise<void> {
  const configEntries = [{ name: 'retention.ms', value: '-1' }];
  const created = await admin.createTopics({
    topics: [{ topic: TOPIC, numPartitions: 4, replicationFactor: 1, configEntries }],
  });
  ok(created);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: 2, name: TOPIC, configNames: ['retention.ms'] }],
  });
  same(resources[0]?.configEntries[0]?.configValue, '-1');
}

async function describesTheCluster({ admin, broker }: StockClient): Promise<void> {
  const { brokers, clusterId } = await admin.describeCluster();
  same(
    brokers.map(({ host, port }) => `${host}:${port}`),
    broker.bootstrap,
  );
  ok(clusterId.length > 0);
}

async function deletesATopic({ admin }: StockClient): Promise<void> {
  await admin.deleteTopics({ topics: [TOPIC] });
  ok(!(await admin.listTopics()).includes(TOPIC));
}
