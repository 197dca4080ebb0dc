import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Kafka, logLevel, PartitionAssigners, type Admin, type SASLOptions } from 'kafkajs';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { separateConnections } from './answer-frames.ts';
import { serialiseConnects, type Broker } from './broker.ts';
import { acceptMissingLeaders } from './missing-leaders.ts';

acceptMissingLeaders();
separateConnections();

/** The protocol's code. */
const LEADER_NOT_AVAILABLE = 5;
/** Milliseconds without traffic after which the system probes the connection. */
const KEEP_ALIVE_DELAY = 60_000;

/** How brokers are reached. */
export type Access = {
  /** `host:port` of the bootstrap brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: ConnectionOptions | boolean;
  readonly sasl?: SASLOptions;
  /** Milliseconds to open a connection. */
  readonly connectionTimeout?: number;
  /** Milliseconds to answer a request. */
  readonly requestTimeout?: number;
};

/** kafkajs's cluster: connections and metadata. Its published types cover only a part of it. */
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
    // Enough to try every address. Longer retries are left to the callers, who know what they wait for.
    retry: { initialRetryTime: 50, maxRetryTime: 300, retries: Math.max(2, access.brokers.length) },
    // kafkajs also throws what it logs; the error is reported once, where it is caught.
    logLevel: logLevel.NOTHING,
  });

/**
 * A new cluster, not connected yet. kafkajs passes one to every partition assigner, which is the only public access
 * to it. The README says why its producer and consumer are not used.
 */
export function clusterOf(access: Access): Cluster {
  const taken: Cluster[] = [];
  clientOf(access).consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    metadataMaxAge: 30_000,
    partitionAssigners: [
      (given) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the published type covers a part of the class
        taken.push(given.cluster as unknown as Cluster);
        return PartitionAssigners.roundRobin(given);
      },
    ],
  });
  const [cluster] = taken;
  if (cluster === undefined) throw new Error('kafkajs passed no cluster to its partition assigner');
  const find = cluster.findBroker.bind(cluster);
  cluster.findBroker = async (node) => serialiseConnects(await find(node));
  return cluster;
}

/** Runs `work` with a connected admin client, and disconnects it. */
export async function withAdmin<T>(access: Access, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = clientOf(access).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** The broker that leads a partition. Throws kafkajs's retriable error if the partition has no leader at present. */
export async function leaderOf(cluster: Cluster, topic: string, partition: number): Promise<Broker> {
  await cluster.refreshMetadataIfNecessary();
  const known = cluster
    .findTopicPartitionMetadata(topic)
    .find(({ partitionId }) => partitionId === partition);
  if (known === undefined || known.leader < 0) throw noLeader();
  return cluster.findBroker({ nodeId: String(known.leader) });
}

/** kafkajs's retriable error for a partition without a leader. */
export const noLeader = (): Error => createErrorFromCode(LEADER_NOT_AVAILABLE);

/** Opens sockets as kafkajs does, but with `TCP_NODELAY`: a small request is not held back until the one before it is acknowledged. */
function openSocket(to: {
  readonly host: string;
  readonly port: number;
  readonly ssl: ConnectionOptions;
  readonly onConnect: () => void;
}): Socket {
  const { host, port, ssl, onConnect } = to;
  const name = isIP(host) === 0 ? { servername: host } : {};
  // kafkajs passes `undefined` for a plain connection, whatever its type says.
  const secure: unknown = ssl;
  const socket = secure
    ? connectTls({ host, port, ...name, ...ssl }, onConnect)
    : connect({ host, port }, onConnect);
  socket.setKeepAlive(true, KEEP_ALIVE_DELAY);
  socket.setNoDelay(true);
  // Every request that waits for the connection adds a listener.
  socket.setMaxListeners(0);
  return socket;
}
