import { Kafka, logLevel, PartitionAssigners, type Admin, type SASLOptions } from 'kafkajs';
import type { ConnectionOptions } from 'node:tls';
import type { Broker } from './broker.ts';
import { openSocket } from './open-socket.ts';
import { serialiseConnects } from './steady.ts';

/** How brokers are reached. */
export type Access = {
  /** `host:port` of some brokers; the rest of the cluster is found through them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: ConnectionOptions | boolean;
  readonly sasl?: SASLOptions;
  /** Milliseconds until a connection must stand. */
  readonly connectionTimeout?: number;
  /** Milliseconds until a request must be answered. */
  readonly requestTimeout?: number;
};

/** What kafkajs keeps of a cluster: connections and metadata. Its own types name only a part of it. */
export type Cluster = {
  isConnected(): boolean;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: string[]): Promise<void>;
  refreshMetadata(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  removeBroker(address: { host: string; port: number }): void;
  getNodeIds(): string[];
  findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[];
  findBroker(node: { nodeId: string }): Promise<Broker>;
  findGroupCoordinator(group: { groupId: string }): Promise<Broker>;
  metadata(options: { topics: string[] }): Promise<{ clusterId: string }>;
};

const clientOf = (access: Access): Kafka =>
  new Kafka({
    ...access,
    brokers: [...access.brokers],
    socketFactory: openSocket,
    // Enough to try every address; patience belongs to the callers, who know what they wait for.
    retry: { initialRetryTime: 50, maxRetryTime: 300, retries: Math.max(2, access.brokers.length) },
    // Whatever kafkajs logs it also throws, and it is told then, once.
    logLevel: logLevel.NOTHING,
  });

/**
 * A cluster of its own, not connected yet. kafkajs hands one to every partition assigner, and that is the public way
 * to it: its producer and consumer decide things that the log must decide (see README).
 */
export function clusterOf(access: Access): Cluster {
  const taken: Cluster[] = [];
  clientOf(access).consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    metadataMaxAge: 30_000,
    partitionAssigners: [
      (given) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the published type is a part of the class
        taken.push(given.cluster as unknown as Cluster);
        return PartitionAssigners.roundRobin(given);
      },
    ],
  });
  const [cluster] = taken;
  if (cluster === undefined) throw new Error('kafkajs gave no cluster to its assigner');
  const find = cluster.findBroker.bind(cluster);
  cluster.findBroker = async (node) => serialiseConnects(await find(node));
  return cluster;
}

/** kafkajs's administrator, connected for one piece of work. */
export async function withAdmin<T>(access: Access, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = clientOf(access).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
