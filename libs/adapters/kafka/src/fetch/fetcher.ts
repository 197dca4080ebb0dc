import { setImmediate as breath } from 'node:timers/promises';
import { retry, sleep } from '@tributary/kernel';
import type { Fault } from '@tributary/kernel';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { brokerFault } from '../client/broker-fault.ts';
import type { Cluster } from '../client/cluster.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';
import { readFetchResult } from './fetch-result.ts';
import { ConditionVariable } from './condition-variable.ts';
import type { PartitionResponse } from './fetch-response.ts';
import { fetchFrom, type PartitionFetch } from './fetch-request.ts';
import { PartitionQueue, type QueueDemand } from './partition-queue.ts';

const LEADER_NOT_AVAILABLE = 5;
/** Milliseconds until a partition with a fault is looked at again. */
const FAULT_PAUSE = 1000;
const FIRST_PAUSE = 50;
const MAX_PAUSE = 1000;
const REPORT_INTERVAL = 10_000;
const IDLE = 250;

type PendingFetch = PartitionFetch & QueueDemand;

/** Fills the queues of partitions: one request is under way per broker, for those it leads that are hungry. */
export class Fetcher {
  readonly #connection: ClusterConnection;
  readonly #topic: string;
  readonly #demand = new ConditionVariable();
  readonly #queues = new Map<number, PartitionQueue>();
  /** Partitions that rest after a fault, until a time. */
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

  /** What keeps it from asking at all. */
  fault(): Fault | undefined {
    return this.#fault;
  }

  /** Begins to fetch a partition. `end` is what is known of its end, `share` the bytes above which it rests. */
  queue(begin: { partition: number; from: number; end: number; share: number }): PartitionQueue {
    const queue = new PartitionQueue({ ...begin, hunger: this.#demand });
    this.#queues.set(begin.partition, queue);
    this.#pausedUntil.delete(begin.partition);
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

  /** Once while it lasts: with several brokers, those that answer hide it again and again. */
  #reportFault({ code, message }: Fault): void {
    if (code !== this.#reported.code || Date.now() > this.#reported.until) this.#report(message);
    this.#reported = { code, until: Date.now() + REPORT_INTERVAL };
  }

  /** One loop per broker, until one of them fails or the brokers change. */
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
    const asked = this.#fetchesFor(cluster, node);
    if (asked.length === 0) {
      return this.#demand.wait({ atMost: IDLE, signals: [this.#ended.signal] });
    }
    const broker = await cluster.findBroker({ nodeId: node });
    const { error, partitions } = await fetchFrom(broker, this.#topic, asked);
    if (error !== 0) throw createErrorFromCode(error);
    this.#fault = undefined;
    for (const answer of partitions) {
      const question = asked.find(({ partition }) => partition === answer.partition);
      if (question) await this.#deliver(cluster, question, answer);
      // Decoding is the longest work here; a heartbeat may be due.
      await breath();
    }
  }

  #fetchesFor(cluster: Cluster, node: string): PendingFetch[] {
    const now = Date.now();
    const known = cluster.findTopicPartitionMetadata(this.#topic);
    const leaders = new Map(known.map(({ partitionId, leader }) => [partitionId, leader]));
    const hungry = [...this.#queues.values()].filter(
      ({ partition, paused }) => !paused && (this.#pausedUntil.get(partition) ?? 0) <= now,
    );
    if (hungry.some(({ partition }) => (leaders.get(partition) ?? -1) < 0)) {
      throw createErrorFromCode(LEADER_NOT_AVAILABLE);
    }
    return hungry
      .filter(({ partition }) => String(leaders.get(partition)) === node)
      .map((queue) => ({ partition: queue.partition, ...queue.demand }));
  }

  async #deliver(cluster: Cluster, asked: PendingFetch, answer: PartitionResponse): Promise<void> {
    const queue = this.#queues.get(asked.partition);
    if (!queue) return;
    const arrival = await readFetchResult(cluster, this.#topic, { ...asked, answer });
    if (arrival.fault) {
      this.#pausedUntil.set(asked.partition, Date.now() + FAULT_PAUSE);
      if (queue.fault === undefined) this.#report(arrival.fault.message);
    }
    queue.accept(asked, arrival);
  }
}
