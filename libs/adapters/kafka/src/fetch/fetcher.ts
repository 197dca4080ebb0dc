import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { Fault, instantNow, millisBetween, retry, sleep } from '@tributary/kernel';
import type { Instant } from '@tributary/kernel';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { brokerFault } from '../client/broker-fault.ts';
import type { Cluster } from '../client/cluster.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';
import { NO_LEADER } from '../client/missing-leaders.ts';
import { isRefused, readFetchResult } from './fetch-result.ts';
import { ConditionVariable } from './condition-variable.ts';
import type { PartitionResponse } from './fetch-response.ts';
import { fetchFrom, type PartitionFetch } from './fetch-request.ts';
import { PartitionQueue, type QueueDemand } from './partition-queue.ts';

/** Milliseconds until a partition with a fault is fetched again, and until one whose broker refused it is. */
const FAULT_PAUSE = 1000;
const REFUSAL_PAUSE = 250;
const FIRST_PAUSE = 50;
const MAX_PAUSE = 1000;
/** Milliseconds in which the same fault is reported once. */
const REPORT_INTERVAL = 10_000;
/** Milliseconds between two checks of whether a partition needs a fetch. */
const IDLE_WAIT = 250;
/** Milliseconds without an answer after which the topic may have been replaced meanwhile, as while the process stood still. */
const LONG_SILENCE = 5_000;

type PendingFetch = PartitionFetch & QueueDemand;

/** Fills the queues of partitions: one request in flight per broker, for the partitions that it leads and that need a fetch. */
export class Fetcher {
  readonly #connection: ClusterConnection;
  readonly #topic: string;
  readonly #demand = new ConditionVariable();
  /** In the order in which they are asked for. */
  readonly #queues = new Map<number, PartitionQueue>();
  /** Until when a partition is not fetched after a fault, in milliseconds of `performance.now()`. */
  readonly #pausedUntil = new Map<number, number>();
  /** Why a partition cannot be fetched at present, while others may be. */
  readonly #faults = new Map<number, Fault>();
  /** When the last answer came. */
  readonly #answered = new WeakMap<PartitionQueue, Instant>();
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

  /** Why nothing can be fetched at present, or one of the partitions cannot. */
  fault(): Fault | undefined {
    return this.#fault ?? [...this.#faults.values()][0];
  }

  /** Begins to fetch a partition. `end` is its end offset as known so far; above `maxBytes` its fetching pauses. */
  queue(start: { partition: number; from: number; end: number; maxBytes: number }): PartitionQueue {
    const queue = new PartitionQueue({ ...start, onDemand: this.#demand });
    this.#queues.set(start.partition, queue);
    this.#resume(start.partition);
    this.#demand.notifyAll();
    return queue;
  }

  forget(queue: PartitionQueue): void {
    if (this.#queues.get(queue.partition) !== queue) return;
    this.#queues.delete(queue.partition);
    this.#resume(queue.partition);
  }

  #resume(partition: number): void {
    this.#pausedUntil.delete(partition);
    this.#faults.delete(partition);
  }

  /** Reports why a partition cannot be fetched, and leaves it alone for a while. */
  #pause(partition: number, fault: Fault, millis: number): void {
    this.#queues.get(partition)?.interrupt();
    this.#pausedUntil.set(partition, performance.now() + millis);
    this.#faults.set(partition, fault);
    this.#reportFault(fault);
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
      for (const queue of this.#queues.values()) queue.interrupt();
      if (this.#fault === undefined) resetBackoff();
      this.#fault = fault;
      this.#reportFault(fault);
      throw fault;
    }
  }

  /** Reports a lasting fault once. With several brokers, answers of the others clear `#fault` in between. */
  #reportFault({ code, message }: Fault): void {
    if (code !== this.#reported.code || performance.now() > this.#reported.until) this.#report(message);
    this.#reported = { code, until: performance.now() + REPORT_INTERVAL };
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
    await this.#findLeaders(cluster);
    const fetches = this.#fetchesFor(cluster, node);
    if (fetches.length === 0) {
      return this.#demand.wait({ atMost: IDLE_WAIT, signals: [this.#ended.signal] });
    }
    const broker = await cluster.findBroker({ nodeId: node });
    const { error, partitions } = await fetchFrom(broker, this.#topic, fetches);
    if (error !== 0) throw createErrorFromCode(error);
    this.#fault = undefined;
    const refused = partitions.filter((response) => isRefused(response));
    for (const response of partitions) {
      const fetched = fetches.find(({ partition }) => partition === response.partition);
      if (fetched && !refused.includes(response)) await this.#deliver(cluster, fetched, response);
      // Decoding takes long, and a heartbeat may be due.
      await yieldToEvents();
    }
    for (const response of refused) this.#pause(response.partition, this.#refusal(response), REFUSAL_PAUSE);
    if (refused.length > 0) await cluster.refreshMetadata();
  }

  #refusal({ partition, error }: PartitionResponse): Fault {
    const doing = `cannot fetch from partition ${partition} of topic ${this.#topic}`;
    return brokerFault(createErrorFromCode(error), doing);
  }

  /** Partitions without a leader wait. The others are fetched meanwhile. */
  async #findLeaders(cluster: Cluster): Promise<void> {
    const leaders = leadersOf(cluster, this.#topic);
    const without = this.#wanting().filter(({ partition }) => leaderIn(leaders, partition) === NO_LEADER);
    for (const { partition } of without)
      this.#pause(partition, leaderless(this.#topic, partition), FAULT_PAUSE);
    if (without.length > 0) await cluster.refreshMetadata();
  }

  #wanting(): PartitionQueue[] {
    const now = performance.now();
    return [...this.#queues.values()].filter(
      ({ partition, paused }) => !paused && (this.#pausedUntil.get(partition) ?? 0) <= now,
    );
  }

  #fetchesFor(cluster: Cluster, node: string): PendingFetch[] {
    const leaders = leadersOf(cluster, this.#topic);
    return this.#wanting()
      .filter(({ partition }) => String(leaderIn(leaders, partition)) === node)
      .map((queue) => ({ partition: queue.partition, ...queue.demand }));
  }

  async #deliver(cluster: Cluster, fetched: PendingFetch, response: PartitionResponse): Promise<void> {
    const queue = this.#queues.get(fetched.partition);
    if (!queue) return;
    const now = instantNow();
    if (millisBetween(this.#answered.get(queue) ?? now, now) > LONG_SILENCE) queue.interrupt();
    this.#answered.set(queue, now);
    const result = await readFetchResult(cluster, this.#topic, { ...fetched, response });
    this.#faults.delete(fetched.partition);
    if (result.fault) {
      this.#pausedUntil.set(fetched.partition, performance.now() + FAULT_PAUSE);
      if (queue.fault === undefined) this.#report(result.fault.message);
    }
    queue.accept(fetched, result);
    if (result.next > fetched.from) this.#moveToEnd(queue);
  }

  /**
   * A broker sends a batch that is larger than what is asked for only for the first partition of a request that has any
   * records, and fills the answer in the order of the request. So one that has had its turn goes to the end of it.
   */
  #moveToEnd(queue: PartitionQueue): void {
    if (this.#queues.get(queue.partition) !== queue) return;
    this.#queues.delete(queue.partition);
    this.#queues.set(queue.partition, queue);
  }
}

const leadersOf = (cluster: Cluster, topic: string): ReadonlyMap<number, number> =>
  new Map(cluster.findTopicPartitionMetadata(topic).map(({ partitionId, leader }) => [partitionId, leader]));

const leaderIn = (leaders: ReadonlyMap<number, number>, partition: number): number =>
  leaders.get(partition) ?? NO_LEADER;

const leaderless = (topic: string, partition: number): Fault =>
  new Fault(
    'partition_leaderless',
    `partition ${partition} of topic ${topic} has no leader: it is not read and takes no records until a broker that ` +
      'has all of its records is back; the other partitions go on',
    { retryable: true },
  );
