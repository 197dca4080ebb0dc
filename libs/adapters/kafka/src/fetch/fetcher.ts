import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { retry, sleep } from '@tributary/kernel';
import type { Fault } from '@tributary/kernel';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { brokerFault } from '../client/broker-fault.ts';
import { noLeader, type Cluster } from '../client/cluster.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';
import { readFetchResult } from './fetch-result.ts';
import { ConditionVariable } from './condition-variable.ts';
import type { PartitionResponse } from './fetch-response.ts';
import { fetchFrom, type PartitionFetch } from './fetch-request.ts';
import { PartitionQueue, type QueueDemand } from './partition-queue.ts';

/** Milliseconds until a partition with a fault is fetched again. */
const FAULT_PAUSE = 1000;
const FIRST_PAUSE = 50;
const MAX_PAUSE = 1000;
/** Milliseconds in which the same fault is reported once. */
const REPORT_INTERVAL = 10_000;
/** Milliseconds between two checks of whether a partition needs a fetch. */
const IDLE_WAIT = 250;

type PendingFetch = PartitionFetch & QueueDemand;

/** Fills the queues of partitions: one request in flight per broker, for the partitions that it leads and that need a fetch. */
export class Fetcher {
  readonly #connection: ClusterConnection;
  readonly #topic: string;
  readonly #demand = new ConditionVariable();
  readonly #queues = new Map<number, PartitionQueue>();
  /** Until when a partition is not fetched after a fault, in milliseconds since 1970. */
  readonly #pausedUntil = new Map<number, number>();
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;
  readonly #report: (line: string) => void;
  #fault: Fault | undefined;
  #reported = { code: '', until: 0 };

  constructor(link: ClusterConnection, topic: string, report: (line: string) => void) {
    this.#connection = link;
    this.#topic = topic;
    this.#report = report;
    this.#running = this.#run();
  }

  /** Why nothing can be fetched at present. */
  fault(): Fault | undefined {
    return this.#fault;
  }

  /** Begins to fetch a partition. `end` is its end offset as known so far; above `maxBytes` its fetching pauses. */
  queue(start: { partition: number; from: number; end: number; maxBytes: number }): PartitionQueue {
    const queue = new PartitionQueue({ ...start, onDemand: this.#demand });
    this.#queues.set(start.partition, queue);
    this.#pausedUntil.delete(start.partition);
    this.#demand.notifyAll();
    return queue;
  }

  forget(queue: PartitionQueue): void {
    if (this.#queues.get(queue.partition) === queue) this.#queues.delete(queue.partition);
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    const fetching = retry((resetBackoff) => this.#fetchUntilEnded(resetBackoff), {
      firstDelay: FIRST_PAUSE,
      maxDelay: MAX_PAUSE,
      isRetryable: () => true,
      signal,
      sleep,
    });
    await fetching.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  async #fetchUntilEnded(resetBackoff: () => void): Promise<void> {
    try {
      while (!this.#ended.signal.aborted)
        await this.#connection.use((cluster) => this.#fetchFromAll(cluster));
    } catch (error) {
      const fault = brokerFault(error, `cannot fetch from topic ${this.#topic}`);
      if (this.#fault === undefined) resetBackoff();
      this.#fault = fault;
      this.#reportFault(fault);
      throw fault;
    }
  }

  /** Reports a lasting fault once. With several brokers, answers of the others clear `#fault` in between. */
  #reportFault({ code, message }: Fault): void {
    if (code !== this.#reported.code || Date.now() > this.#reported.until) this.#report(message);
    this.#reported = { code, until: Date.now() + REPORT_INTERVAL };
  }

  /** Runs one loop per broker, until one of them fails or the brokers change. */
  async #fetchFromAll(cluster: Cluster): Promise<void> {
    await cluster.refreshMetadataIfNecessary();
    const nodes = cluster.getNodeIds();
    const round = { over: false };
    const loops = nodes.map(async (node) => {
      try {
        while (!round.over && !this.#ended.signal.aborted) {
          await cluster.refreshMetadataIfNecessary();
          if (String(cluster.getNodeIds()) !== String(nodes)) return;
          await this.#fetchFrom(cluster, node);
        }
      } finally {
        round.over = true;
        this.#demand.notifyAll();
      }
    });
    const failed = (await Promise.allSettled(loops)).find((loop) => loop.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #fetchFrom(cluster: Cluster, node: string): Promise<void> {
    const fetches = this.#fetchesFor(cluster, node);
    if (fetches.length === 0) {
      return this.#demand.wait({ atMost: IDLE_WAIT, signals: [this.#ended.signal] });
    }
    const broker = await cluster.findBroker({ nodeId: node });
    const { error, partitions } = await fetchFrom(broker, this.#topic, fetches);
    if (error !== 0) throw createErrorFromCode(error);
    this.#fault = undefined;
    for (const response of partitions) {
      const fetched = fetches.find(({ partition }) => partition === response.partition);
      if (fetched) await this.#deliver(cluster, fetched, response);
      // Decoding takes long, and a heartbeat may be due.
      await yieldToEvents();
    }
  }

  #fetchesFor(cluster: Cluster, node: string): PendingFetch[] {
    const now = Date.now();
    const known = cluster.findTopicPartitionMetadata(this.#topic);
    const leaders = new Map(known.map(({ partitionId, leader }) => [partitionId, leader]));
    const wanting = [...this.#queues.values()].filter(
      ({ partition, paused }) => !paused && (this.#pausedUntil.get(partition) ?? 0) <= now,
    );
    if (wanting.some(({ partition }) => (leaders.get(partition) ?? -1) < 0)) throw noLeader();
    return wanting
      .filter(({ partition }) => String(leaders.get(partition)) === node)
      .map((queue) => ({ partition: queue.partition, ...queue.demand }));
  }

  async #deliver(cluster: Cluster, fetched: PendingFetch, response: PartitionResponse): Promise<void> {
    const queue = this.#queues.get(fetched.partition);
    if (!queue) return;
    const result = await readFetchResult(cluster, this.#topic, { ...fetched, response });
    if (result.fault) {
      this.#pausedUntil.set(fetched.partition, Date.now() + FAULT_PAUSE);
      if (queue.fault === undefined) this.#report(result.fault.message);
    }
    queue.accept(fetched, result);
  }
}
