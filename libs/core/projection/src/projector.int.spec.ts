import { positionFromText, START } from '@tributary/kernel';
import type { Fact, Projection } from '@tributary/contracts';
import { anEvent, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { checksums } from './rebuild/checksum.ts';
import { startProjector } from './projector.ts';
import type { Projector } from './projector.ts';
import type { ProjectorOptions } from './projector-options.ts';
import type { Sink } from './sink.ts';
import { storedBlock } from './stored-block.ts';
import type { Block } from '@tributary/clickhouse';

/** Steps with their rollups, the strictest test of the laws below. */
const projection: Projection = {
  context: 'test',
  tables: ['training_step', 'training_step_per_64', 'training_step_per_4096', 'training_run_latest'],
  project(fact: Fact, { _position }) {
    if (fact.type !== 'training.steps.recorded') return {};
    const { runId: run_id, attempt, steps, columns } = fact.data;
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

const steps = (run: number, first: number) =>
  anEvent('training.steps.recorded', `${run}-${first}`, {
    runId: `run-${run}`,
    attempt: 1,
    steps: Array.from({ length: 100 }, (_, index) => first + index),
    columns: { loss: Array.from({ length: 100 }, (_, index) => 5 / (first + index + 1)) },
  });

let store: TestStore;
let projector: Projector | undefined;

beforeAll(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  await projector?.stop();
  await store.renew();
});
afterAll(() => store.remove());

const sinkOf = (): Sink<Block> => ({
  openBlock: async (table) => (await store.engine.encoder(table)).builder(),
  insert: (batch) => store.engine.insert(batch),
  empty: (table) => store.engine.command(`TRUNCATE TABLE ${table}`),
});

/** Never waits for more than the log holds. */
const linger = (expire: () => void) => {
  expire();
  return () => {};
};

const start = async (
  sink: Sink<Block> = sinkOf(),
  version = 'v1',
  more: Partial<ProjectorOptions> = {},
): Promise<Projector> => {
  projector = await startProjector({
    log: store.log,
    sink,
    projections: [projection],
    version,
    linger: linger,
    ...more,
  });
  return projector;
};

const fill = async (batches: number): Promise<void> => {
  for (let batch = 0; batch < batches; batch += 1) {
    await store.log.append([steps(1, batch * 100), steps(2, batch * 100)], { atomic: true });
  }
};

const rows = async () => (await checksums(store.engine.reader, ['training_step']))[0]?.rows;

it('projects every event once, however often it is restarted', async () => {
  await fill(3);
  const first = await start();
  await first.reached(store.log.head());
  await first.stop();
  await fill(5);
  const second = await start();
  await second.reached(store.log.head());
  expect(await rows()).toBe(1000);
  expect(second.position()).toBe(store.log.head());
});

/** Keys of the test's rollups that differ from their steps. */
const differing = {
  name: 'differing',
  sql: `SELECT 'training_step_per_64' AS table_name, toUInt32(1) AS differing WHERE
    (SELECT count() FROM tributary.training_step) != (SELECT sum(steps) FROM tributary.training_step_per_64) LIMIT 1`,
  params: z.object({}),
  row: z.object({ table_name: z.string(), differing: z.number() }),
};

it('says of each block by its range whether its table has it, and where views depend on it, whether they have', async () => {
  const found: Record<string, string[]> = {};
  const inner = sinkOf();
  const insert: Sink<Block>['insert'] = async (batch) => {
    const { range } = batch;
    const look = async (...rollups: (typeof differing)[]): Promise<void> => {
      if (!range) return;
      const at = await storedBlock(store.engine.reader, range, [{ ...projection, rollups }]);
      (found[range.table] ??= []).push(at);
    };
    await look(differing);
    await inner.insert(batch);
    await look(differing);
    await look();
  };
  const counting = { logId: 'log', registersEvents: true };
  for (const batches of [1, 3]) {
    await fill(batches);
    const running = await start({ ...inner, insert }, 'v1', counting);
    await running.reached(store.log.head());
    await running.stop();
  }
  const each = ['absent', 'stored', 'stored', 'absent', 'stored', 'stored'];
  const unlessCompared = each.map((at, index) => (index % 3 === 2 ? 'uncertain' : at));
  expect(found).toEqual({ log_event: each, training_step: unlessCompared, log_range: each });
});

it('finishes a failed insert without counting a row twice', async () => {
  await fill(2);
  const real = sinkOf();
  const failing: Sink<Block> = {
    ...real,
    insert: async (batch) => {
      await real.insert(batch);
      throw new Error('the answer got lost');
    },
  };
  const broken = await start(failing);
  await expect(broken.reached(store.log.head())).rejects.toThrow('the answer got lost');
  expect(broken.position()).toBe(START);
  await broken.stop();
  await fill(4);
  const repaired = await start();
  await repaired.reached(store.log.head());
  expect(await rows()).toBe(800);
});

it('rebuilds tables and rollups that equal the incremental ones', async () => {
  const live = await start();
  for (let batches = 1; batches <= 4; batches += 1) {
    await fill(batches);
    await live.reached(store.log.head());
  }
  const before = await checksums(store.engine.reader, projection.tables);
  await live.rebuild();
  await live.reached(store.log.head());
  expect(await checksums(store.engine.reader, projection.tables)).toEqual(before);
  expect(before[0]).toMatchObject({ table: 'training_step', rows: 800 });
});

it('empties and fills tables of another version again, and leaves those of the same version', async () => {
  await fill(2);
  const first = await start();
  await first.reached(store.log.head());
  await first.stop();
  await store.engine.command('TRUNCATE TABLE tributary.training_step');
  const same = await start();
  await same.reached(store.log.head());
  expect(await rows()).toBe(0);
  await same.stop();
  const next = await start(sinkOf(), 'v2');
  await next.reached(store.log.head());
  expect(await rows()).toBe(400);
});

it('fills the tables again from the beginning when another version left a planned batch', async () => {
  await fill(2);
  const real = sinkOf();
  const failing: Sink<Block> = { ...real, insert: () => Promise.reject(new Error('no engine')) };
  const broken = await start(failing);
  await expect(broken.reached(store.log.head())).rejects.toThrow('no engine');
  await broken.stop();
  const next = await start(real, 'v2');
  await next.reached(store.log.head());
  expect(await rows()).toBe(400);
});

it('ends a batch before its rows exceed a block, however short the facts are', async () => {
  const wide: Projection = {
    context: 'wide',
    tables: ['mixture_weight'],
    project: (_fact, stamp) => ({
      mixture_weight: Array.from({ length: 1000 }, (_, index) => ({
        ...stamp,
        mixture_id: 'm'.repeat(1_000),
        phase: 'all',
        from_step: 0,
        slice: `s${index}`,
        weight: 1,
        share: 0.001,
      })),
    }),
  };
  for (let batch = 0; batch < 40; batch += 1)
    await store.log.append([steps(1, batch * 100), steps(2, batch * 100)], { atomic: true });
  projector = await startProjector({
    log: store.log,
    sink: sinkOf(),
    projections: [wide],
    version: 'v1',
    linger: linger,
  });
  await projector.reached(store.log.head());
  expect((await checksums(store.engine.reader, ['mixture_weight']))[0]?.rows).toBe(80_000);
});

it('has another checksum after a row was changed by hand', async () => {
  await fill(1);
  const live = await start();
  await live.reached(store.log.head());
  const [before] = await checksums(store.engine.reader, ['training_step']);
  await store.engine.command(
    'ALTER TABLE tributary.training_step UPDATE loss = 1 WHERE step = 7 SETTINGS mutations_sync = 2',
  );
  const [after] = await checksums(store.engine.reader, ['training_step']);
  expect(after?.rows).toBe(before?.rows);
  expect(after?.checksum).not.toBe(before?.checksum);
});

it('tells whoever waits for rows that it has stopped, then and later', async () => {
  let free = (): void => undefined;
  const held = new Promise<void>((resolve) => (free = resolve));
  const inner = sinkOf();
  const stopped = await start({ ...inner, insert: (batch) => held.then(() => inner.insert(batch)) });
  await store.log.append([steps(1, 1)], { atomic: true });
  await store.log.changed(START);
  const reached = stopped.reached(positionFromText('1000000')).catch((fault: unknown) => fault);
  const stopping = stopped.stop();
  free();
  await stopping;
  expect(await reached).toMatchObject({ code: 'stopping' });
  await expect(stopped.reached(positionFromText('1000000'))).rejects.toMatchObject({ code: 'stopping' });
});
