import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';

const LEADER_NOT_AVAILABLE = 5;

/** The broker that leads a partition. Without one at present: an error that may be tried again. */
export async function leaderOf(cluster: Cluster, topic: string, partition: number): Promise<Broker> {
  await cluster.refreshMetadataIfNecessary();
  const known = cluster
    .findTopicPartitionMetadata(topic)
    .find(({ partitionId }) => partitionId === partition);
  if (known === undefined || known.leader < 0) throw createErrorFromCode(LEADER_NOT_AVAILABLE);
  return cluster.findBroker({ nodeId: String(known.leader) });
}
