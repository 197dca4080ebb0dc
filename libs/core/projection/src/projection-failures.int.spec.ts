import { Fault, parseEventPosition } from '@tributary/kernel';
import { dataReference, memoryBlobs } from '@tributary/blobs';
import type { Block } from '@tributary/clickhouse';
import type { Fact, Projection } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { anEvent, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { checksums } from './rebuild/checksum.ts';
import type { ParkedEvent } from './projection-failures.ts';
import { startProjector } from './projector.ts';
import type { ProjectorOptions } from './projector-options.ts';
import type { Projector } from './projector.ts';
import type { Sink } from './sink.ts';

/** As many weights as the last step of a run's end; fails where the reason says so. */
const projection: Projection = {
  context: 'test',
  tables: ['mixture_weight'],
  project(fact: Fact, stamp) {
    if (fact.type !== 'training.run.ended') return {};
    const reason = fact.data.reason ?? '';
    if (reason === 'throw') throw new TypeError('this fact is not understood');
    const from_step = reason === 'encode' ? -1 : 0;
    const phase = reason === 'wide' ? 'x'.repeat(1_000) : 'all';
    const rows = Array.from({ length: fact.data.lastStep ?? 0 }, (_, index) => ({
      ...stamp,
      mixture_id: fact.data.runId,
      phase,
      from_step,
      slice: `s${index}`,
      weight: 1,
      share: 1,
    }));
    return { mixture_weight: rows };
  },
};

const ended = (id: string, lastStep: number, reason = 'done'): NewEvent =>
  anEvent('training.run.ended', id, {
    runId: `run-${id}`,
    attempt: 1,
    status: 'completed',
    lastStep,
    reason,
  });

let store: TestStore;
let projector: Projector | undefined;
let parked: ParkedEvent[];

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(() => {
  parked = [];
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

const linger = (expire: () => void) => {
  expire();
  return () => {};
};

const start = async (more: Partial<ProjectorOptions> = {}): Promise<Projector> => {
  const park = (event: ParkedEvent) => Promise.resolve(parked.push(event));
  const options = { log: store.log, sink: sinkOf(), projections: [projection], version: 'v', linger, park };
  projector = await startProjector({ ...options, ...more });
  return projector;
};

const rows = async () => (await checksums(store.engine.reader, ['mixture_weight']))[0]?.rows;

it('leaves out a fact whose projection throws, parks it and goes on', async () => {
  await store.log.append([ended('a', 3), ended('b', 5, 'throw'), ended('c', 7)], { atomic: true });
  const live = await start();
  await live.reached(store.log.head());
  expect(await rows()).toBe(10);
  expect(live.unprojected()).toEqual({ count: 1, firsts: ['2'] });
  expect(parked).toMatchObject([
    { position: '2', fault: { code: 'projection_failed', message: 'this fact is not understood' } },
  ]);
});

it('leaves out a fact whose rows the table cannot hold, with all its rows', async () => {
  await store.log.append([ended('a', 3), ended('b', 25_000, 'encode'), ended('c', 7)], { atomic: true });
  const live = await start();
  await live.reached(store.log.head());
  expect(await rows()).toBe(10);
  expect(parked).toMatchObject([{ position: '2', fault: { code: 'bad_value' } }]);
});

it('tries failed facts again in a rebuild', async () => {
  await store.log.append([ended('a', 3), ended('b', 5, 'throw')], { atomic: true });
  const live = await start();
  await live.reached(store.log.head());
  await live.stop();
  const repaired: Projection = {
    ...projection,
    project: (fact, stamp) =>
      projection.project(
        fact.type === 'training.run.ended' ? { ...fact, data: { ...fact.data, reason: 'mended' } } : fact,
        stamp,
      ),
  };
  const next = await start({ projections: [repaired] });
  expect(next.unprojected()).toMatchObject({ count: 1 });
  await next.rebuild();
  await next.reached(store.log.head());
  expect(next.unprojected()).toBeUndefined();
  expect(await rows()).toBe(8);
});

it('counts a failed fact once, however often its batch is replayed', async () => {
  await store.log.append([ended('a', 3), ended('b', 5, 'throw')], { atomic: true });
  const lost: Sink<Block> = {
    ...sinkOf(),
    insert: async (batch) => {
      await store.engine.insert(batch);
      throw new Error('the answer got lost');
    },
  };
  for (let life = 0; life < 2; life += 1) {
    const broken = await start({ sink: lost }).catch(() => undefined);
    await broken?.reached(store.log.head()).catch(() => undefined);
    await broken?.stop();
  }
  const live = await start();
  await live.reached(store.log.head());
  expect(live.unprojected()).toMatchObject({ count: 1 });
  expect(await rows()).toBe(3);
});

it('spreads the rows of one event over blocks, and a replay after half of them counts no row twice', async () => {
  await store.log.append([ended('a', 10), ended('b', 20_000, 'wide')], { atomic: true });
  const tokens: string[] = [];
  const failing: Sink<Block> = {
    ...sinkOf(),
    insert: async (batch) => {
      tokens.push(batch.token);
      await store.engine.insert(batch);
      if (tokens.length === 2) throw new Error('the answer got lost');
    },
  };
  const broken = await start({ sink: failing });
  await expect(broken.reached(store.log.head())).rejects.toThrow('the answer got lost');
  await broken.stop();
  const recording: Sink<Block> = {
    ...sinkOf(),
    insert: (batch) => {
      tokens.push(batch.token);
      return store.engine.insert(batch);
    },
  };
  const live = await start({ sink: recording });
  await live.reached(store.log.head());
  expect(await rows()).toBe(20_010);
  const [first = ''] = tokens;
  expect(first).toMatch(/^mixture_weight:1@v:0-2#0$/);
  const replayed = tokens.slice(2);
  expect(replayed.length).toBeGreaterThan(2);
  expect(replayed).toEqual(replayed.map((_, index) => first.replace('#0', `#${index}`)));
});

it('resolves a data reference before the projection, and parks an event whose blob is missing', async () => {
  const blobs = memoryBlobs();
  const data = { runId: 'run-x', attempt: 1, status: 'completed', lastStep: 4, reason: 'done' };
  const { sha256, bytes } = await blobs.put(Buffer.from(JSON.stringify(data)));
  const withDataReference = (id: string, digest: string): NewEvent => {
    const event = {
      specversion: '1.0',
      id,
      source: 'urn:test',
      type: 'training.run.ended',
      ...dataReference(digest, bytes),
    };
    return { ...ended(id, 1), bytes: Buffer.from(JSON.stringify(event)) };
  };
  await store.log.append(
    [withDataReference('x', sha256), withDataReference('y', '0'.repeat(64)), ended('z', 2)],
    {
      atomic: true,
    },
  );
  const live = await start({ blobs });
  await live.reached(store.log.head());
  expect(await rows()).toBe(6);
  expect(parked).toMatchObject([{ position: '2', fault: { code: 'blob_missing' } }]);
});

it('parks nothing where the folder of blobs is not the right one, and projects the fact once it is', async () => {
  const blobs = memoryBlobs();
  const data = { runId: 'run-x', attempt: 1, status: 'completed', lastStep: 4, reason: 'done' };
  const { sha256, bytes } = await blobs.put(Buffer.from(JSON.stringify(data)));
  const attributes = { specversion: '1.0', id: 'x', source: 'urn:test', type: 'training.run.ended' };
  const long = { ...attributes, ...dataReference(sha256, bytes) };
  await store.log.append([{ ...ended('x', 1), bytes: Buffer.from(JSON.stringify(long)) }], { atomic: true });
  const missing = new Fault('blobs_missing', 'it is another folder', { retryable: true });
  const halted = await start({ blobs: { read: () => Promise.reject(missing) } });
  await expect.poll(() => halted.fault()).toBe(missing);
  await halted.stop();
  expect(parked).toEqual([]);
  const live = await start({ blobs });
  await live.reached(store.log.head());
  expect(await rows()).toBe(4);
});

it('parks an event whose blob breaks its schema, where capture may not have read the blob', async () => {
  const blobs = memoryBlobs();
  const { sha256, bytes } = await blobs.put(Buffer.from('{"runId":"run-x","attempt":"first"}'));
  const attributes = { specversion: '1.0', id: 'x', source: 'urn:test', type: 'training.run.ended' };
  const forged = { ...attributes, ...dataReference(sha256, bytes) };
  await store.log.append([{ ...ended('x', 1), bytes: Buffer.from(JSON.stringify(forged)) }, ended('z', 2)], {
    atomic: true,
  });
  const live = await start({ blobs: { read: (digest) => blobs.read(digest), isUnchecked: true } });
  await live.reached(store.log.head());
  expect(await rows()).toBe(2);
  expect(parked).toMatchObject([{ position: '1', fault: { code: 'schema_violation' } }]);
});

it('fails when the log ends before the end of a planned batch', async () => {
  await store.log.append([ended('a', 3)], { atomic: true });
  const short: ProjectorOptions['log'] = {
    read: async () => [],
    find: () => Promise.resolve(undefined),
    changed: (after, signal) => store.log.changed(after, signal),
    cursors: store.log.cursors,
  };
  const broken = await start({ sink: { ...sinkOf(), insert: () => Promise.reject(new Error('no engine')) } });
  await expect(broken.reached(store.log.head())).rejects.toThrow('no engine');
  await broken.stop();
  expect(parseEventPosition(store.log.head())).toBe(1);
  await expect(start({ log: short })).rejects.toMatchObject({ code: 'log_too_short' });
});
