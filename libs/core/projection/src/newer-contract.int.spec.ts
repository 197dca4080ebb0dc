import type { Block } from '@tributary/clickhouse';
import type { Fact, Projection } from '@tributary/contracts';
import type { NewEvent, RecordedEvent } from '@tributary/event-log';
import { anEvent, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { positionFromText } from '@tributary/kernel';
import { z } from 'zod';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ask } from './check/tables-watch.fixture.ts';
import { checksums } from './rebuild/checksum.ts';
import { startProjector } from './projector.ts';
import type { ProjectorOptions } from './projector-options.ts';
import type { Projector } from './projector.ts';
import type { Sink } from './sink.ts';

/** One row for each run that ended. */
const projection: Projection = {
  context: 'test',
  tables: ['mixture_weight'],
  project(fact: Fact, stamp) {
    if (fact.type !== 'training.run.ended') return {};
    const row = { mixture_id: fact.data.runId, phase: 'all', from_step: 0, slice: 's', weight: 1, share: 1 };
    return { mixture_weight: [{ ...stamp, ...row }] };
  },
};

const ended = (id: string): NewEvent =>
  anEvent('training.run.ended', id, { runId: id, attempt: 1, status: 'completed', lastStep: 1 });

/** The event as a later version wrote it, which has a type or a major version more. */
function writtenLater(event: NewEvent, change: { type?: string; dataschema?: string }): NewEvent {
  const bytes = Buffer.from(JSON.stringify({ ...JSON.parse(event.bytes.toString()), ...change }));
  return { ...event, type: change.type ?? event.type, bytes };
}

let store: TestStore;
let projector: Projector | undefined;
let parked = 0;

beforeAll(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  await projector?.stop();
  await store.renew();
});
afterAll(() => store.remove());

const sink = (): Sink<Block> => ({
  openBlock: async (table) => (await store.engine.encoder(table)).builder(),
  insert: (batch) => store.engine.insert(batch),
  empty: (table) => store.engine.command(`TRUNCATE TABLE ${table}`),
});

async function start(more: Partial<ProjectorOptions> = {}): Promise<Projector> {
  const options = { log: store.log, sink: sink(), projections: [projection], version: 'v' };
  const park = () => Promise.resolve((parked += 1));
  const linger = (expire: () => void) => {
    expire();
    return () => undefined;
  };
  projector = await startProjector({ ...options, linger, park, ...more });
  return projector;
}

const digests = ask(
  "SELECT toString(sum(digest_sum)) AS digest FROM tributary.log_range WHERE table_name = ''",
  z.object({ digest: z.coerce.bigint() }),
);

it('says in the tables which events they hold, and not the one that it cannot read', async () => {
  await store.log.append(
    [ended('a'), ended('b'), writtenLater(ended('c'), { type: 'training.run.dreamt' })],
    {
      atomic: true,
    },
  );
  const older = await start({ logId: 'this log' });
  await expect(older.reached(store.log.head())).rejects.toMatchObject({ code: 'contract_newer' });
  await older.stop();
  const digest = await store.log.digestAt(positionFromText('2'));
  expect(await store.engine.reader.all(digests, {})).toEqual([{ digest }]);
  const later = await start({ logId: 'this log', log: readLater() });
  await later.reached(store.log.head());
  const whole = await store.log.digestAt(store.log.head());
  expect(await store.engine.reader.all(digests, {})).toEqual([{ digest: whole }]);
});

const rows = async () => (await checksums(store.engine.reader, ['mixture_weight']))[0]?.rows;

/** The log as a topic, or a later version that has appended to it, states it: with a version of a schema for some events. */
function stating(versions: Readonly<Record<string, string>>): ProjectorOptions['log'] {
  const { log } = store;
  return {
    ...readLater(),
    read: async (range) =>
      (await log.read(range)).map(({ parsed: _parsed, ...event }): RecordedEvent => {
        const schemaVersion = versions[event.id];
        return schemaVersion === undefined ? event : { ...event, schemaVersion };
      }),
  };
}

/** The log as a later version reads it: every fact is of a type that it has. */
function readLater(): ProjectorOptions['log'] {
  const { log } = store;
  const known = ({ parsed: _parsed, ...event }: RecordedEvent): RecordedEvent => ({
    ...event,
    type: 'training.run.ended',
    bytes: ended(event.id).bytes,
  });
  return {
    cursors: log.cursors,
    changed: (after, signal) => log.changed(after, signal),
    find: (source, id) => log.find(source, id),
    read: async (range) => (await log.read(range)).map(known),
  };
}

it.each([
  ['type', { type: 'training.run.dreamt' }],
  ['major version', { dataschema: 'urn:tributary:schema:training.run.ended:9.0' }],
])('stops at a fact of a %s that only a later version has, and leaves nothing out', async (_what, change) => {
  await store.log.append([ended('a'), ended('b'), writtenLater(ended('c'), change), ended('d')], {
    atomic: true,
  });
  const older = await start();
  await expect(older.reached(store.log.head())).rejects.toMatchObject({
    code: 'contract_newer',
    message: expect.stringMatching(
      /^the event at 3 is a training\.run\..* a later version of Tributary accepted/,
    ),
  });
  expect([older.position(), await rows(), older.unprojected(), parked]).toEqual(['2', 2, undefined, 0]);
  await older.stop();

  const again = await start();
  await expect(again.reached(store.log.head())).rejects.toMatchObject({ code: 'contract_newer' });
  expect([again.position(), await rows()]).toEqual(['2', 2]);
  await again.stop();

  const later = await start({ log: readLater() });
  await later.reached(store.log.head());
  expect([later.position(), await rows(), later.unprojected(), parked]).toEqual(['4', 4, undefined, 0]);
});

it('stops at a fact that a later minor version accepted, and reads those of its own version', async () => {
  await store.log.append([ended('a'), ended('b'), ended('c')], { atomic: true });
  const older = await start({ log: stating({ a: '1.0', c: '1.1' }) });
  await expect(older.reached(store.log.head())).rejects.toMatchObject({
    code: 'contract_newer',
    message: expect.stringContaining(
      'the event at 3 is a training.run.ended (version 1.1), which a later version',
    ),
  });
  expect([older.position(), await rows(), older.unprojected()]).toEqual(['2', 2, undefined]);
});

it('parks an event that an operator declares foreign, says so in answers, and goes on', async () => {
  await store.log.append([ended('a'), ended('b'), ended('c')], { atomic: true });
  const before = parked;
  const foreign = new Set([positionFromText('2'), positionFromText('3')]);
  const projecting = await start({ log: stating({ b: '9.0' }), foreign });
  await projecting.reached(store.log.head());
  expect([projecting.position(), await rows(), parked - before]).toEqual(['3', 2, 1]);
  expect(projecting.unprojected()).toMatchObject({ count: 1, firsts: ['2'] });
});

it.each([
  ['data that its schema refuses', { data: { runId: 'a' } }],
  ['a stream that is not its own', {}],
  ['a broken envelope', { time: 5 }],
])(
  'parks a fact whose producer forged the statement that our endpoint accepted it: %s',
  async (what, change) => {
    const event = ended('a');
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(event.bytes).toString()), ...change }),
    );
    const stream = what.includes('stream') ? 'run/other' : event.stream;
    await store.log.append([{ ...event, bytes: forged, stream }, ended('b')], { atomic: true });
    const before = parked;
    const blobs = { read: () => Promise.resolve(undefined), isUnchecked: true };
    const projecting = await start({ log: stating({ a: '1.0', b: '1.0' }), blobs });
    await projecting.reached(store.log.head());
    expect([projecting.position(), await rows(), parked - before]).toEqual(['2', 1, 1]);
  },
);
