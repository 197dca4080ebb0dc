import { appendAll, Fault } from '@tributary/kernel';
import { AppendPlan } from '../append-plan.ts';
import type { AppendRequest } from '../append-request.ts';
import type { Appended, NewEvent, RecordedEvent } from '../event-log.ts';
import { AppendCall } from './append-call.ts';
import { PartitionWriter } from './partition-writer.ts';
import { PendingEvents, PendingWrite } from './pending-write.ts';
import type { PendingEvent } from './pending-write.ts';

const monotonic = (): number => performance.now();

/** The topic as one process sees it. */
export type TopicState = {
  readonly name: string;
  readonly partitions: number;
  partitionOf(event: NewEvent): number;
  find(source: string, id: string): Promise<RecordedEvent | undefined>;
  /** Throws a fault where one of the events can never be written. */
  requireRoom(events: readonly NewEvent[]): void;
  /**
   * Writes events to a partition. Resolves with the event or omission at the position of each, once this process has read
   * it back.
   */
  write(partition: number, events: readonly NewEvent[]): Promise<readonly RecordedEvent[]>;
};

export type AppenderOptions = {
  /** Payload bytes at which a group of writes to a partition closes. */
  readonly maxBytes: number;
  /**
   * Milliseconds without a confirmed write after which a partition is stuck: requests to it are refused at once where as much
   * as `maxBytes` waits for it.
   */
  readonly timeout?: number;
  readonly now?: () => number;
};

/**
 * Appends to a topic, each id once: compares requests with what this process has read and is writing, and writes what is
 * new. Another process may write the same id in the meantime. Then the record that comes later in the topic is the
 * duplicate, and its writer gets the receipt of the first one, or the conflict.
 *
 * Requests are planned one after the other, in their order, and each partition has a queue of its own: a request waits
 * only for partitions of its streams, and for those that have its ids in flight.
 */
export class IdempotentAppender {
  readonly #state: TopicState;
  readonly #writers: readonly PartitionWriter[];
  readonly #pending = new PendingEvents();
  /** Requests that are not planned yet. */
  #waiting: AppendCall[] = [];
  #planning: Promise<void> | undefined;

  constructor(state: TopicState, { maxBytes, timeout = Infinity, now = monotonic }: AppenderOptions) {
    this.#state = state;
    this.#writers = Array.from(
      { length: state.partitions },
      (_, partition) =>
        new PartitionWriter({
          name: `partition ${partition} of topic ${state.name}`,
          write: (events) => state.write(partition, events),
          maxBytes,
          timeout,
          now,
        }),
    );
  }

  /**
   * Rejects once `giveUp` aborts, with its reason, the partitions that have not answered, and what is stored; what is not
   * being written yet is not written then. Throws PartitionFaults: `partition_unavailable`, and the reason's code.
   */
  append(request: AppendRequest, giveUp?: AbortSignal): Promise<Appended> {
    if (giveUp?.aborted === true) return Promise.reject(giveUp.reason);
    return new Promise((resolve, reject) => {
      const partitions = new Set(request.events.map((event) => this.#state.partitionOf(event)));
      const call = new AppendCall(request, partitions, { resolve, reject });
      giveUp?.addEventListener('abort', () => call.giveUp(giveUp.reason, this.#writers));
      this.#waiting.push(call);
      this.#plan();
    });
  }

  /** Why a partition confirms nothing at present; undefined while all do. */
  stuck(): unknown {
    return this.#writers.map((writer) => writer.stuck()).find((fault) => fault !== undefined);
  }

  /** Resolves when nothing is in flight. */
  async quiet(): Promise<void> {
    for (;;) {
      const writes = this.#pending.unsettled();
      if (!this.#planning && writes.length === 0) return;
      await Promise.all([this.#planning, ...writes.map(({ settled }) => settled)]);
    }
  }

  #plan(): void {
    this.#planning ??= this.#planAll();
  }

  /** Plans what waits. What is new in all of it is written afterwards, so that requests that come together share a group. */
  async #planAll(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.some((call) => call.isReady())) {
      const held: AppendCall[] = [];
      const writes: PendingWrite[] = [];
      for (const call of this.#waiting.splice(0))
        if (!call.isReady() || call.mustFollow(held)) held.push(call);
        else if (!call.isAnswered) appendAll(writes, await this.#planned(call, held));
      this.#waiting = [...held, ...this.#waiting];
      for (const write of writes) void this.#write(write);
    }
    this.#planning = undefined;
  }

  /** The writes that a request needs. One whose conflicts are not certain yet is held until they are. */
  async #planned(call: AppendCall, held: AppendCall[]): Promise<readonly PendingWrite[]> {
    const { request } = call;
    try {
      const stored = await this.#stored(request);
      const matches = request.events.map((event, index) => this.#pending.get(event) ?? stored[index]);
      const writes = new Map<number, PendingWrite>();
      const plan = new AppendPlan<PendingEvent>((event, hash) => this.#pendingOf(event, hash, writes));
      const planned = plan.add(request, matches);
      if (!planned) {
        call.holdFor(writesIn(matches));
        held.push(call);
      } else if ('ok' in planned) call.resolve(planned);
      else {
        this.#state.requireRoom(plan.events);
        this.#refuseFull(writesIn(planned.matches));
        this.#pending.add(plan.pending);
        void call.answer(planned, new Set(writes.values()));
        return [...writes.values()];
      }
    } catch (fault) {
      call.reject(fault);
    }
    return [];
  }

  /** The stored events with the ids of a request, those apart that are in flight. */
  async #stored({ events }: AppendRequest): Promise<(RecordedEvent | undefined)[]> {
    this.#pending.purge();
    const stored: (RecordedEvent | undefined)[] = [];
    for (const event of events)
      stored.push(this.#pending.get(event) ? undefined : await this.#state.find(event.source, event.id));
    return stored;
  }

  #pendingOf(event: NewEvent, hash: string, writes: Map<number, PendingWrite>): PendingEvent {
    const partition = this.#state.partitionOf(event);
    const write = writes.get(partition) ?? new PendingWrite(partition);
    writes.set(partition, write);
    return { hash, write, index: write.events.push(event) - 1 };
  }

  #refuseFull(writes: ReadonlySet<PendingWrite>): void {
    for (const { partition } of writes) {
      const full = this.#writers[partition]?.full();
      if (full) throw full;
    }
  }

  async #write(write: PendingWrite): Promise<void> {
    try {
      write.written = (await this.#writers[write.partition]?.submit(write)) ?? [];
      const recorded: RecordedEvent[] = [];
      for (const [index, event] of write.events.entries())
        recorded.push(await this.#recorded(event, write.written[index]));
      write.recorded = recorded;
    } catch (fault) {
      write.fault = fault;
    }
    this.#pending.settle(write);
    if (this.#waiting.length > 0) this.#plan();
  }

  /** What was written, or what another process had written before under the same id. */
  async #recorded({ source, id }: NewEvent, written?: RecordedEvent): Promise<RecordedEvent> {
    const recorded = written?.omitted === undefined ? written : await this.#state.find(source, id);
    if (recorded) return recorded;
    throw new Fault(
      'log_refused',
      `event ${id} of ${source} was written, but readers of the topic refuse its record, so it is not stored: send it again, with the same id, and check that the clock of this machine is right and that all processes run the same version`,
      { retryable: true },
    );
  }
}

/** The writes that some of the matches are in. */
const writesIn = (matches: readonly (PendingEvent | RecordedEvent | undefined)[]): Set<PendingWrite> =>
  new Set(matches.flatMap((match) => (match && 'write' in match ? match.write : [])));
