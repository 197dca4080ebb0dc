import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError, isRequestTimeout, protocolError } from './broker-fault.ts';
import { clusterOf, type Access, type Cluster } from './cluster.ts';

/** Protocol errors that mean that the metadata is stale. */
const STALE = new Set([
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
]);

/**
 * Connections to the brokers of a topic. An error refreshes the metadata. If that fails, the connections are discarded
 * and the next use opens new ones, so that no state of a dead connection survives.
 */
export class ClusterConnection {
  readonly #access: Access;
  readonly #topic: string;
  #opened: Promise<Cluster> | undefined;
  #closed = false;

  constructor(access: Access, topic: string) {
    this.#access = access;
    this.#topic = topic;
  }

  /** Sends one request. Throws kafkajs's error, after the connections are recovered or discarded. */
  async use<T>(request: (cluster: Cluster) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the connection to the brokers is closed');
    this.#opened ??= this.#open();
    const opened = this.#opened;
    const cluster = await opened.catch((error: unknown) => {
      this.#discard(opened);
      throw error;
    });
    try {
      return await request(cluster);
    } catch (error) {
      await this.#recover(cluster, error).catch(() => this.#discard(opened));
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = undefined;
    const cluster = await opened?.catch(() => undefined);
    // kafkajs waits for pending answers before it disconnects; a dead broker sends none.
    await Promise.race([
      cluster?.disconnect().catch(() => undefined),
      pause(2000, undefined, { ref: false }),
    ]);
  }

  async #open(): Promise<Cluster> {
    const cluster = clusterOf(this.#access);
    try {
      await cluster.connect();
      await cluster.addMultipleTargetTopics([this.#topic]);
      return cluster;
    } catch (error) {
      await cluster.disconnect().catch(() => undefined);
      throw error;
    }
  }

  async #recover(cluster: Cluster, error: unknown): Promise<void> {
    if (!isConnectionError(error)) {
      if (STALE.has(protocolError(error) ?? '')) await cluster.refreshMetadata();
      return;
    }
    // A connection that does not answer may be half open, so all are replaced.
    if (isRequestTimeout(error)) throw error;
    const address = addressOf(error);
    if (address) cluster.removeBroker(address);
    if (!cluster.isConnected()) await cluster.connect();
    await cluster.refreshMetadata();
  }

  #discard(opened: Promise<Cluster>): void {
    if (this.#opened === opened) this.#opened = undefined;
    opened.then((cluster) => cluster.disconnect()).catch(() => undefined);
  }
}

function addressOf(error: unknown): { host: string; port: number } | undefined {
  if (!(error instanceof Error) || !('host' in error) || !('port' in error)) return undefined;
  const { host, port } = error;
  return typeof host === 'string' && typeof port === 'number' ? { host, port } : undefined;
}
