import { Fault } from '@tributary/kernel';
import { appendedOf } from '../append-plan.ts';
import type { PlannedAppend } from '../append-plan.ts';
import type { AppendRequest } from '../append-request.ts';
import type { Appended, RecordedEvent } from '../event-log.ts';
import { receiptOf } from '../receipt.ts';
import { PartitionFault, withStored } from './partition-fault.ts';
import type { PartitionWriter } from './partition-writer.ts';
import type { PendingEvent, PendingWrite } from './pending-write.ts';

type Caller = {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (fault: unknown) => void;
};

type Matches = PlannedAppend<PendingEvent>['matches'];

/** A request until it is answered: first it may be held, then it waits for the writes that its answer needs. */
export class AppendCall {
  readonly request: AppendRequest;
  readonly #partitions: ReadonlySet<number>;
  readonly #caller: Caller;
  #isAnswered = false;
  /** Writes of which one must settle before the request can be planned. */
  #holding: ReadonlySet<PendingWrite> = new Set();
  /** Writes of which all must settle before it can be answered. */
  #needed: readonly PendingWrite[] = [];
  #own: ReadonlySet<PendingWrite> = new Set();
  #matches: Matches = [];

  constructor(request: AppendRequest, partitions: ReadonlySet<number>, caller: Caller) {
    this.request = request;
    this.#partitions = partitions;
    this.#caller = caller;
  }

  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** Whether it can be planned, or need not be any more. */
  isReady(): boolean {
    return (
      this.#isAnswered || this.#holding.size === 0 || [...this.#holding].some((write) => write.isSettled)
    );
  }

  /** Holds it until one of the writes has settled. */
  holdFor(writes: ReadonlySet<PendingWrite>): void {
    this.#holding = writes;
  }

  /**
   * Holds it behind earlier requests that are held and share a partition with it, so that a stream keeps the order of
   * its requests. It never waits for a partition that has none of its streams.
   */
  mustFollow(held: readonly AppendCall[]): boolean {
    this.#holding = new Set(held.flatMap((earlier) => (this.#follows(earlier) ? [...earlier.#holding] : [])));
    return this.#holding.size > 0;
  }

  #follows(earlier: AppendCall): boolean {
    return (
      [...this.#partitions].some((partition) => earlier.#partitions.has(partition)) &&
      [...earlier.#holding].every(({ partition }) => this.#partitions.has(partition))
    );
  }

  resolve(appended: Appended): void {
    if (!this.#isAnswered) this.#caller.resolve(appended);
    this.#isAnswered = true;
  }

  /** With what is stored of the request all the same. */
  reject(fault: unknown): void {
    if (!this.#isAnswered) this.#caller.reject(this.#withStored(fault));
    this.#isAnswered = true;
  }

  /** Answers once the writes that it needs have settled. `own` are those that it has added. */
  async answer(
    { request, matches }: PlannedAppend<PendingEvent>,
    own: ReadonlySet<PendingWrite>,
  ): Promise<void> {
    this.#own = own;
    this.#matches = matches;
    this.#needed = [...new Set(matches.flatMap((match) => ('write' in match ? match.write : [])))];
    for (const write of this.#needed) write.waiting += 1;
    await Promise.all(this.#needed.map(({ settled }) => settled));
    const failed = this.#needed.find(({ fault }) => fault !== undefined);
    if (failed) return this.reject(failed.fault);
    const recorded = matches.flatMap((match) =>
      'write' in match ? (match.write.recorded[match.index] ?? []) : match,
    );
    this.resolve(appendedOf(request, recorded, this.#stored()));
  }

  /** Rejects with the reason and the partitions that have not answered. What nobody else waits for is withdrawn. */
  giveUp(reason: unknown, writers: readonly PartitionWriter[]): void {
    if (this.#isAnswered) return;
    const open = [...this.#needed, ...this.#holding].filter(({ isSettled }) => !isSettled);
    this.reject(overdue(reason, new Set(open.map(({ partition }) => writers[partition]?.name))));
    for (const write of this.#needed) {
      write.waiting -= 1;
      if (write.waiting === 0) writers[write.partition]?.withdraw(write, reason);
    }
  }

  #withStored(fault: unknown): unknown {
    const stored = this.#stored().map((event) => receiptOf(event));
    return withStored(
      fault,
      stored,
      (count) => `${count} of the ${this.request.events.length} events of this request are stored`,
    );
  }

  /** What it has added to the log so far, in its order. */
  #stored(): RecordedEvent[] {
    return [...new Set(this.#matches)].flatMap((match) => {
      const written =
        'write' in match && this.#own.has(match.write) ? match.write.written[match.index] : undefined;
      return written?.omitted === undefined ? (written ?? []) : [];
    });
  }
}

const overdue = (reason: unknown, names: ReadonlySet<string | undefined>): unknown =>
  reason instanceof Fault && names.size > 0
    ? new PartitionFault(reason.code, `${[...names].join(' and ')} did not answer: ${reason.message}`, reason)
    : reason;
