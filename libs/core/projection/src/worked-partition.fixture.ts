import type { Block } from '@tributary/clickhouse';
import type { Fact, Projection } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { anEvent, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { eventPosition, Fault, formatEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { vi } from 'vitest';
import { countedOnce } from './counted-once.ts';
import { lastPosition } from './event-register.ts';
import { partitionInMemory } from './partition.fixture.ts';
import type { PartitionInMemory } from './partition.fixture.ts';
import { projectPartition } from './project-partition.ts';
import type { ParkedEvent } from './projection-failures.ts';
import type { PartitionOptions } from './projector-options.ts';
import { checksums } from './rebuild/checksum.ts';
import type { Sink } from './sink.ts';
import { insertedRows } from './stored-block.ts';
import { TABLES_CURSOR } from './state/projector-states.ts';

export const PARTITION = 3;
export const at = (number: number): Position => formatEventPosition(eventPosition(PARTITION, number));

export const ended = (id: string, reason = 'done'): NewEvent =>
  anEvent('training.run.ended', id, { runId: id, attempt: 1, status: 'completed', lastStep: 1, reason });

/** A row for each end of a run, with its position; fails where the reason is `throw`. */
const projection: Projection = {
  context: 'test',
  tables: ['mixture_weight'],
  project(fact: Fact, stamp) {
    if (fact.type !== 'training.run.ended') return {};
    if (fact.data.reason === 'throw') throw new TypeError('this fact is not understood');
    const { runId: mixture_id, lastStep: from_step = 0 } = fact.data;
    return {
      mixture_weight: [{ ...stamp, mixture_id, phase: 'all', from_step, slice: 's', weight: 1, share: 1 }],
    };
  },
};

/** A partition that is projected into the tables of an engine by owners that follow each other. */
export class WorkedPartition {
  readonly store: TestStore;
  partition = partitionInMemory(PARTITION);
  parked: ParkedEvent[] = [];
  /** Of the inserts so far. */
  tokens: string[] = [];
  /** Another one for each test, so that tokens differ: the engine remembers them. */
  version = '';
  #tests = 0;

  constructor(store: TestStore) {
    this.store = store;
  }

  /** Empties the tables for a new partition without events. */
  async begin(): Promise<void> {
    for (const table of ['mixture_weight', 'log_event', 'log_range']) await this.empty(table);
    this.partition = partitionInMemory(PARTITION);
    this.parked = [];
    this.tokens = [];
    this.version = `v${(this.#tests += 1)}`;
  }

  empty(table: string): Promise<void> {
    return this.store.engine.command(`TRUNCATE TABLE tributary.${table}`);
  }

  /** A sink whose owner dies after so many inserts, the last of which was done. */
  sinkOf(failing?: { readonly after: number }): Sink<Block> {
    return {
      openBlock: async (table) => (await this.store.engine.encoder(table)).builder(),
      insert: async (batch) => {
        this.tokens.push(batch.token);
        await this.store.engine.insert(batch);
        if (failing && this.tokens.length >= failing.after) throw new Fault('killed', 'the answer got lost');
      },
      empty: () => Promise.reject(new Error('tables of other workers must not be emptied')),
    };
  }

  /** A sink for an owner that may have to repeat a batch. */
  once(): Sink<Block> {
    const { reader } = this.store.engine;
    return countedOnce(this.sinkOf(), this.cursors, insertedRows(reader, [projection]));
  }

  get cursors(): PartitionInMemory['cursors'] {
    return this.partition.cursors;
  }

  work(lost: AbortSignal, more: Partial<PartitionOptions> = {}): Promise<void> {
    return projectPartition({
      log: this.partition.log,
      start: at(0),
      lost,
      lastPosition: () => lastPosition(this.store.engine.reader, PARTITION),
      projections: [projection],
      registersEvents: true,
      version: this.version,
      sink: this.sinkOf(),
      linger: (expire) => (expire(), () => undefined),
      park: (event) => Promise.resolve(this.parked.push(event)),
      ...more,
    });
  }

  /** Works until the tables hold an event, and loses the partition. */
  async workTo(number: number, more: Partial<PartitionOptions> = {}): Promise<void> {
    const working = this.work(this.partition.assign(), more);
    await vi.waitUntil(() => this.cursors.get(TABLES_CURSOR)?.position === at(number), { timeout: 60_000 });
    this.partition.lose();
    await working;
  }

  async rowsOf(table: string): Promise<number | undefined> {
    return (await checksums(this.store.engine.reader, [table]))[0]?.rows;
  }
}

export const openWorkedPartition = async (): Promise<WorkedPartition> =>
  new WorkedPartition(await openTestStore());
