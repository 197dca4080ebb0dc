import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openShadow } from '@tributary/clickhouse';
import type { Block, Engine } from '@tributary/clickhouse';
import type { Fact, Projection } from '@tributary/contracts';
import type { EventLog } from '@tributary/event-log';
import { anEvent, openTestStore } from '@tributary/fixtures';
import { RANGE_TABLE } from '../check/range-counts.ts';
import { checksums } from './checksum.ts';
import type { TableChecksum } from './checksum.ts';
import type { ProjectorOptions } from '../projector-options.ts';
import { startProjector } from '../projector.ts';
import type { Projector } from '../projector.ts';
import type { Sink } from '../sink.ts';

export const ALL_MIGRATIONS = join(import.meta.dirname, '../../../../../migrations/clickhouse');

/** The rebuilt tables: few, so that a test can afford many rebuilds. */
const TABLES = ['training_step', 'training_step_per_64', 'training_step_per_4096', 'training_run_latest'];

/** Steps with their rollups. The facts of run `run-failing` make no rows. */
export const projection: Projection = {
  context: 'test',
  tables: TABLES,
  project(fact: Fact, { _position }) {
    if (fact.type !== 'training.steps.recorded') return {};
    const { runId: run_id, attempt, steps, columns } = fact.data;
    if (run_id === 'run-failing') throw new TypeError('this fact is not understood');
    const row = (step: number, index: number) => ({
      _position,
      run_id,
      attempt,
      step,
      loss: columns['loss']?.[index] ?? NaN,
      tokens: 1,
    });
    return { training_step: steps.map(row) };
  },
};

export const STEPS = 100;

export const stepsOf = (run: string, first: number) =>
  anEvent('training.steps.recorded', `${run}-${first}`, {
    runId: `run-${run}`,
    attempt: 1,
    steps: Array.from({ length: STEPS }, (_, index) => first + index),
    columns: { loss: Array.from({ length: STEPS }, (_, index) => 5 / (first + index + 1)) },
  });

/** What a projector works with. A test may replace a part with one that fails. */
export type Parts = { readonly engine: Engine; readonly log: EventLog };

export type RebuildStage = Parts & {
  /** Those of its tables. */
  readonly migrations: string;
  start(more?: Partial<ProjectorOptions>, parts?: Partial<Parts>): Promise<Projector>;
  /** Appends so many times two events with 100 steps each. */
  fill(batches: number): Promise<void>;
  sums(): Promise<TableChecksum[]>;
  /** Names of the shadow tables. */
  shadowTables(): Promise<string[]>;
  /** Stops the projector, empties the tables and opens a new log. */
  renew(): Promise<void>;
  remove(): Promise<void>;
};

/** A real log and engine, with a few tables. */
export async function openRebuildStage(): Promise<RebuildStage> {
  const store = await openTestStore();
  const migrations = join(store.directory, 'migrations');
  await someMigrations(migrations);
  let projector: Projector | undefined;
  let filled = 0;
  return {
    engine: store.engine,
    migrations,
    get log() {
      return store.log;
    },
    async start(more = {}, { engine = store.engine, log = store.log } = {}) {
      await projector?.stop();
      const shadow = openShadow({ engine, migrations });
      const options = { log, sink: sinkOf(engine), projections: [projection], version: 'v1', linger };
      projector = await startProjector({ ...options, shadow, ...more });
      return projector;
    },
    async fill(batches) {
      const firsts = Array.from({ length: batches }, (_, index) => (filled + index) * STEPS);
      filled += batches;
      await store.log.append(
        firsts.flatMap((first) => [stepsOf('1', first), stepsOf('2', first)]),
        { atomic: true },
      );
    },
    sums: () => checksums(store.engine.reader, TABLES),
    shadowTables: () => shadowTableNames(store.engine),
    async renew() {
      await projector?.stop();
      projector = undefined;
      filled = 0;
      await store.renew();
    },
    async remove() {
      await projector?.stop();
      await store.remove();
    },
  };
}

export const sinkOf = (engine: Engine): Sink<Block> => ({
  openBlock: async (table) => (await engine.encoder(table)).builder(),
  insert: (batch) => engine.insert(batch),
  empty: (table) => engine.command(`TRUNCATE TABLE ${table}`),
});

/** Never waits for more than the log holds. */
const linger = (expire: () => void) => {
  expire();
  return () => {};
};

async function someMigrations(directory: string): Promise<void> {
  await mkdir(directory);
  const names = (await readdir(ALL_MIGRATIONS))
    .filter((name) => /^\d+_(create|alter)_(\w+?)(_mv)?\.sql$/.test(name))
    .toSorted();
  const wanted = names.filter((name) =>
    [...TABLES, RANGE_TABLE].some((table) => new RegExp(`_${table}(_mv)?\\.sql$`).test(name)),
  );
  for (const [index, name] of wanted.entries())
    await copyFile(
      join(ALL_MIGRATIONS, name),
      join(directory, `${String(index + 1).padStart(4, '0')}${name.slice(4)}`),
    );
}

async function shadowTableNames(engine: Engine): Promise<string[]> {
  const asked = {
    name: 'beside',
    sql: "SELECT name FROM system.tables WHERE database = 'tributary' AND startsWith(name, 'next_')",
    params: { parse: (value: unknown) => value as Record<string, never> },
    row: { parse: (value: unknown) => value as { name: string } },
  };
  return (await engine.reader.all(asked, {})).map(({ name }) => name);
}
