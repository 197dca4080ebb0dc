import type { Block } from '@tributary/clickhouse';
import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { Lease } from '@tributary/kernel';
import { countedOnce, insertedRows, storedBlock, TABLES_CURSOR } from '@tributary/projection';
import type { BlockRange, InsertedRows, Sink, StoredBlock } from '@tributary/projection';
import { z } from 'zod';
import { OutageTracker } from './outage-tracker.ts';
import { projections } from './projections.ts';
import { retryingSink } from './retrying-sink.ts';
import type { Repeats } from './retrying-sink.ts';

/** For which an insert is repeated without a look at its table. */
export const REPEAT_MILLIS = 30_000;
/** Blocks whose tokens the engine remembers, far fewer than by default. */
export const WINDOW = 3;
export const SOURCES = ['log_event', 'training_step'];
export const EXTENT = 'training_step_extent';
export const VIEW = 'tributary.training_step_per_64_mv';
export const EXTENT_VIEW = `tributary.${EXTENT}_mv`;
export const STEPS = 3;
export const ONCE = {
  log_event: 1,
  training_step: STEPS,
  training_step_per_64: STEPS,
  training_step_per_4096: STEPS,
  [EXTENT]: STEPS,
};
const ROLLUPS = ['training_step_per_64', 'training_step_per_4096'];
/** Other targets of the views. */
const TARGETS = ['training_run_latest', EXTENT];
const COUNTS = 'log_range';
const TABLES = [...SOURCES, ...ROLLUPS, ...TARGETS, COUNTS];

export type Insert = { readonly token: string; readonly block: Block; readonly range: BlockRange };
type Insertion = Sink<Block>['insert'];
type Given = {
  readonly stored?: (range: BlockRange) => Promise<StoredBlock>;
  readonly lease?: Lease;
  readonly counted?: Repeats['counted'];
};

const HELD: Lease = {
  lost: new AbortController().signal,
  check: () => undefined,
  confirm: () => Promise.resolve(),
};

export const rowsOf = (table: string, position: number) => {
  const event = { id_key: position, source: 's', id: 'e', type: 't', stream: 's', hash: '', recorded_at: 1 };
  if (table === 'log_event') return [{ ...event, _position: position }];
  const run = { run_id: `run ${position}`, attempt: 1, tokens: 10, _position: position };
  return Array.from({ length: STEPS }, (_, step) => ({ ...run, step }));
};

const countsOf = (position: number, epoch: number) => {
  const range = { position_range: Math.floor(position / 65_536), last_position: position };
  return Object.entries({ '': 1, log_event: 1, training_step: STEPS }).map(([table, rows]) => ({
    ...range,
    log_id: 'topic',
    epoch,
    table_name: table,
    row_count: rows,
    offset_sum: table === '' ? 0 : rows * (position % 65_536),
  }));
};

const total = (sql: string) => ({
  name: 'total',
  sql,
  params: z.object({}),
  row: z.object({ total: z.coerce.number() }),
});

/** A batch of two tables and its counts, which is inserted again and again into an engine that forgets tokens soon. */
export class RepeatedBatch {
  readonly store: TestStore;
  /** Milliseconds. */
  now = 0;
  /** A position of another partition. */
  ofOthers = 2 ** 40;
  /** Another one for each test, so that tokens differ. */
  #epoch = 0;

  constructor(store: TestStore) {
    this.store = store;
  }

  async begin(): Promise<void> {
    this.now = 0;
    this.#epoch += 1;
    for (const table of TABLES) await this.store.engine.command(`TRUNCATE TABLE tributary.${table}`);
  }

  tokenOf(table: string, position: number, index: number): string {
    return `${table}:${this.#epoch}@v:${position - 1}-${position}#${index}`;
  }

  /** The block of a table in the batch that has the event at a position. */
  async blockOf(table: string, position = 1): Promise<Insert> {
    const block = (await this.store.engine.encoder(`tributary.${table}`)).rows(rowsOf(table, position));
    const range = {
      table,
      after: position - 1,
      until: position,
      before: 0,
      rows: block.rows,
      total: block.rows,
    };
    return { token: this.tokenOf(table, position, 0), block, range };
  }

  /** The counts of that batch. */
  async counts(position = 1): Promise<Insert> {
    const encoder = await this.store.engine.encoder(`tributary.${COUNTS}`);
    const block = encoder.rows(countsOf(position, this.#epoch));
    const batch = { after: position - 1, until: position, before: 0 };
    return {
      token: `${COUNTS}:${this.#epoch}@v:${position - 1}-${position}`,
      block,
      range: { ...batch, table: COUNTS, rows: block.rows, total: block.rows },
    };
  }

  /** The blocks of the batch in their order. */
  async all(): Promise<Insert[]> {
    return [await this.blockOf('log_event'), await this.blockOf('training_step'), await this.counts()];
  }

  /** A member that was cut off from the engine: its first insert is executed or not, and has no answer for a while. */
  cutOff(executed: boolean, meanwhile: { readonly millis: number; readonly blocksOfOthers: number }) {
    let attempts = 0;
    const insert: Insertion = async (batch) => {
      attempts += 1;
      batch.lease?.check();
      if (attempts > 1 || executed) await this.store.engine.insert(batch);
      if (attempts > 1) return;
      this.now += meanwhile.millis;
      for (let other = 0; other < meanwhile.blocksOfOthers; other += 1) {
        this.ofOthers += 1;
        for (const table of SOURCES) await this.store.engine.insert(await this.blockOf(table, this.ofOthers));
      }
      throw new Fault('engine_unreachable', 'no answer', { retryable: true });
    };
    return { insert, attempts: () => attempts };
  }

  storedNow(range: BlockRange): Promise<StoredBlock> {
    return storedBlock(this.store.engine.reader, range, projections);
  }

  sinkThat(insert: Insertion, given: Given = {}): Sink<Block> {
    const outages = new OutageTracker({
      now: () => this.now,
      retried: () => undefined,
      changed: () => undefined,
      sleep: () => Promise.resolve(),
    });
    const inner: Sink<Block> = {
      openBlock: async (table) => (await this.store.engine.encoder(table)).builder(),
      insert,
      empty: () => Promise.reject(new Error('not emptied')),
    };
    return retryingSink(inner, outages, given.lease ?? HELD, {
      now: () => ({ monotonic: this.now, wall: this.now }),
      millis: REPEAT_MILLIS,
      stored: given.stored ?? ((range) => this.storedNow(range)),
      counted: given.counted ?? insertedRows(this.store.engine.reader, projections).stored,
    });
  }

  /** Repeats the planned batch as the next owner, or the same one that starts again. */
  async recover(blocks?: readonly Insert[], more: Partial<InsertedRows> = {}): Promise<void> {
    const [from, to] = [formatEventPosition(0), formatEventPosition(1)];
    const planned = { from, to, token: `${this.#epoch}@v:0-1` };
    const cursors = {
      get: (name: string) => (name === TABLES_CURSOR ? { position: from, planned } : undefined),
    };
    const sink = countedOnce(
      this.sinkThat((batch) => this.store.engine.insert(batch)),
      cursors,
      { ...insertedRows(this.store.engine.reader, projections), ...more },
    );
    for (const block of blocks ?? (await this.all())) await sink.insert(block);
  }

  /** How often the event of the batch is counted. */
  async counted(): Promise<number | undefined> {
    const sql = `SELECT sum(row_count) AS total FROM tributary.${COUNTS} WHERE table_name = '' AND position_range = 0 LIMIT 1`;
    return (await this.store.engine.reader.all(total(sql), {}))[0]?.total;
  }

  /** Events and steps of the batch that the tables have. */
  async totals(): Promise<Record<string, number>> {
    const own = `run_id = 'run 1' LIMIT 1`;
    const found: Record<string, number> = {};
    for (const [name, sql] of [
      ['log_event', `SELECT count() AS total FROM tributary.log_event WHERE _position = 1 LIMIT 1`],
      ['training_step', `SELECT count() AS total FROM tributary.training_step WHERE ${own}`],
      ...ROLLUPS.map((table) => [table, `SELECT sum(steps) AS total FROM tributary.${table} WHERE ${own}`]),
      [EXTENT, `SELECT sum(value_count) AS total FROM tributary.${EXTENT} WHERE name = 'tokens' AND ${own}`],
    ] as const)
      found[name] = (await this.store.engine.reader.all(total(sql), {}))[0]?.total ?? 0;
    return found;
  }
}

export async function openRepeatedBatch(): Promise<RepeatedBatch> {
  const store = await openTestStore();
  for (const table of TABLES)
    await store.engine.command(
      `ALTER TABLE tributary.${table} MODIFY SETTING non_replicated_deduplication_window = ${WINDOW}`,
    );
  return new RepeatedBatch(store);
}
