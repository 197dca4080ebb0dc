import type { Block } from '@tributary/clickhouse';
import type { Fact, Projection } from '@tributary/contracts';
import { DigestSum } from '@tributary/event-log';
import type { Cursor, NewEvent } from '@tributary/event-log';
import {
  eventPosition,
  Fault,
  formatEventPosition,
  formatLogPosition,
  numberInPartition,
  parseEventPosition,
  partitionStart,
} from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import fc from 'fast-check';
import { anEvent, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { compareCounts, compareTable, compareTotals } from './check/compare-counted.ts';
import type { CountedPartition } from './check/range-differences.ts';
import { compareRegistered } from './check/registered-events.ts';
import { checksums } from './rebuild/checksum.ts';
import { TABLES_CURSOR } from './state/projector-states.ts';
import { tablesCodec } from './state/state-codec.ts';
import { firstState, planBatch } from './state/tables-state.ts';
import type { ParkedEvent } from './projection-failures.ts';
import { countedOnce } from './counted-once.ts';
import { partitionInMemory } from './partition.fixture.ts';
import type { PartitionInMemory } from './partition.fixture.ts';
import { projectPartition } from './project-partition.ts';
import type { PartitionOptions } from './projector-options.ts';
import { knownEvents, lastPosition, registeredRows } from './event-register.ts';
import type { Sink } from './sink.ts';

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

const ended = (id: string, reason = 'done'): NewEvent =>
  anEvent('training.run.ended', id, { runId: id, attempt: 1, status: 'completed', lastStep: 1, reason });

const PARTITION = 3;
const at = (number: number) => formatEventPosition(eventPosition(PARTITION, number));

let store: TestStore;
let partition: PartitionInMemory;
let parked: ParkedEvent[];
let tokens: string[];

/** Blocks whose tokens the engine remembers of `log_event`, far fewer than by default. */
const WINDOW = 5;
const registered = {
  id_key: 1,
  source: 'urn:other',
  id: 'x',
  type: 't',
  stream: 's',
  hash: '',
  _position: 1,
  recorded_at: 1,
};

/** Another one for each test, so that tokens differ: the engine is shared and remembers them. */
let version: string;
let tests = 0;

beforeAll(async () => {
  store = await openTestStore();
  await setWindow(WINDOW);
});
beforeEach(async () => {
  for (const table of ['mixture_weight', 'log_event', 'log_range'])
    await store.engine.command(`TRUNCATE TABLE tributary.${table}`);
  partition = partitionInMemory(PARTITION);
  parked = [];
  tokens = [];
  version = `v${(tests += 1)}`;
});
afterAll(async () => {
  await setWindow(10_000);
  await store.remove();
});

const setWindow = (blocks: number): Promise<void> =>
  store.engine.command(
    `ALTER TABLE tributary.log_event MODIFY SETTING non_replicated_deduplication_window = ${blocks}`,
  );

const sinkOf = (failing?: { readonly after: number }): Sink<Block> => ({
  openBlock: async (table) => (await store.engine.encoder(table)).builder(),
  insert: async (batch) => {
    tokens.push(batch.token);
    await store.engine.insert(batch);
    if (failing && tokens.length >= failing.after) throw new Fault('killed', 'the answer got lost');
  },
  empty: () => Promise.reject(new Error('tables of other workers must not be emptied')),
});

const work = (lost: AbortSignal, more: Partial<PartitionOptions> = {}): Promise<void> =>
  projectPartition({
    log: partition.log,
    start: at(0),
    lost,
    lastPosition: () => lastPosition(store.engine.reader, PARTITION),
    projections: [projection],
    registersEvents: true,
    version,
    sink: sinkOf(),
    linger: (expire) => (expire(), () => undefined),
    park: (event) => Promise.resolve(parked.push(event)),
    ...more,
  });

/** Works until the tables hold an event, and loses the partition. */
async function workTo(number: number, more: Partial<PartitionOptions> = {}): Promise<void> {
  const working = work(partition.assign(), more);
  await expect.poll(() => partition.cursors.get(TABLES_CURSOR)?.position).toBe(at(number));
  partition.lose();
  await working;
}

/** A log of four partitions whose last one has these events. */
function logOf(events: readonly NewEvent[]) {
  const held = partitionInMemory(PARTITION);
  held.append(...events);
  return {
    head: () => formatLogPosition(positionOf(events.length)),
    read: held.log.read,
    async digestAt(position: Position): Promise<bigint> {
      const sum = new DigestSum();
      const limit = numberInPartition(parseEventPosition(position));
      const before = limit === 0 ? [] : await held.log.read({ after: at(0), limit, maxBytes: Infinity });
      for (const [index, event] of before.entries()) sum.add(index + 1, event);
      return sum.value;
    },
  };
}

const positionOf = (number: number): number[] => [
  ...[0, 1, 2].map(partitionStart),
  eventPosition(PARTITION, number),
];

const rowsOf = async (table: string) => (await checksums(store.engine.reader, [table]))[0]?.rows;
const known = (...events: readonly NewEvent[]) =>
  knownEvents(
    store.engine.reader,
    PARTITION,
  )(events).then((found) => found.map(({ id, position }) => `${id} at ${position}`).toSorted());

it('projects a partition beyond the first from its start, and records its events by id', async () => {
  partition.append(ended('a'), ended('b'));
  await workTo(2);
  expect(await rowsOf('mixture_weight')).toBe(2);
  expect(await lastPosition(store.engine.reader, PARTITION)).toBe(eventPosition(PARTITION, 2));
  expect(await known(ended('a'), ended('b'), ended('c'))).toEqual(['a at 3:1', 'b at 3:2']);
  expect(await known({ ...ended('a'), source: 'urn:other' })).toEqual([]);
  expect(await knownEvents(store.engine.reader, 2)([ended('a')])).toEqual([]);
  expect(await lastPosition(store.engine.reader, 2)).toBe(partitionStart(2));
  expect(await lastPosition(store.engine.reader, 4)).toBe(partitionStart(4));
  expect(tokens.every((token) => token.includes(`:1@${version}:3:0-3:`))).toBe(true);
});

it('tells the events that it registers from those of another log, and where some are missing', async () => {
  const NAMES = ['a', 'b', 'c', 'd'];
  const aHistory = fc.shuffledSubarray(NAMES, { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(aHistory, aHistory, fc.nat(4), async (own, others, common) => {
      version = `v${(tests += 1)}`;
      for (const table of ['mixture_weight', 'log_event'])
        await store.engine.command(`TRUNCATE TABLE tributary.${table}`);
      partition = partitionInMemory(PARTITION);
      partition.append(...own.map((id) => ended(id)));
      await workTo(own.length);
      const shared = own.slice(0, common);
      const other = [...shared, ...others.filter((id) => !shared.includes(id))];
      const compared = (ids: readonly string[], number: number) =>
        compareRegistered(
          { reader: store.engine.reader, log: logOf(ids.map((id) => ended(id))) },
          positionOf(number),
        );
      expect(await compared(own, own.length)).toBeUndefined();
      expect(await compared([...own, 'e'], own.length + 1)).toMatchObject({
        code: 'tables_short',
        detail: `at positions 3:1 to 3:${own.length + 1} they hold ${own.length} of ${own.length + 1} events`,
      });
      const isSame = own.every((id, index) => other[index] === id);
      const code = other.length < own.length ? 'log_behind_tables' : 'tables_of_another_log';
      expect((await compared(other, own.length))?.code).toBe(isSame ? undefined : code);
    }),
    { numRuns: 5, endOnFailure: true },
  );
});

const COUNTED = ['mixture_weight', 'log_event'];
const findings = async (partitions: readonly CountedPartition[]) => {
  const group = { reader: store.engine.reader, partitions };
  const found = [await compareCounts(group), await compareTotals(group, COUNTED)];
  for (const table of COUNTED) found.push(await compareTable(group, table));
  return found.flatMap((one) => one?.detail ?? []);
};
const from = (after: number, until: number): CountedPartition[] => [
  { after: eventPosition(PARTITION, after), until: eventPosition(PARTITION, until) },
];

it.each([
  ['a table is emptied', 'TRUNCATE TABLE tributary.mixture_weight', 'mixture_weight has 0 of 2 rows at'],
  ['the register is emptied', 'TRUNCATE TABLE tributary.log_event', 'log_event has 0 of 3 rows at'],
  ['the counts are lost', 'TRUNCATE TABLE tributary.log_range', 'log_range counts 0 of 3 positions at'],
  ['a table is gone', 'RENAME TABLE tributary.mixture_weight TO tributary.aside', 'cannot be read: '],
])('says that %s', async (_what, damage, detail) => {
  partition.append(ended('a'), ended('b'), ended('c', 'throw'));
  await workTo(3, { logId: 'topic' });
  expect(await findings(from(0, 3))).toEqual([]);
  await store.engine.command(damage);
  const found = await findings(from(0, 3));
  await store.engine.command('RENAME TABLE IF EXISTS tributary.aside TO tributary.mixture_weight');
  expect(found.join()).toContain(detail);
});

it('compares only what it counted since an earlier version ended', async () => {
  const countedFrom = () => partition.cursors.get(TABLES_CURSOR)?.state?.['countedFrom'];
  for (const [number, logId, counted] of [
    [1, undefined, undefined],
    [2, 'topic', '3:1'],
    [3, 'topic', '3:1'],
    [4, undefined, undefined],
    [5, 'topic', '3:4'],
  ] as const) {
    partition.append(ended(String(number)));
    await workTo(number, logId === undefined ? {} : { logId });
    expect(countedFrom()).toBe(counted);
  }
  expect(await findings(from(4, 5))).toEqual([]);
  expect(await findings(from(0, 5))).toContain('log_range counts 3 of 5 positions at positions 3:1 to 3:5');
});

it.each([
  ['before anything of it was inserted', 0],
  ['after one of its tables was filled', 1],
  ['after all of it was inserted', 2],
])(
  'repeats the batch of an owner that died %s under the same token, and counts it once',
  async (_when, after) => {
    partition.append(ended('a'), ended('b'));
    const dying =
      after === 0 ? { ...sinkOf(), insert: () => Promise.reject(new Error('no engine')) } : sinkOf({ after });
    await expect(work(partition.assign(), { sink: dying })).rejects.toThrow(/no engine|the answer got lost/);
    expect(partition.cursors.get(TABLES_CURSOR)).toMatchObject({ position: '3:0', planned: { to: '3:2' } });
    const before = [...tokens];
    tokens = [];
    partition.append(ended('c'));
    await workTo(3);
    expect(tokens.slice(0, before.length)).toEqual(before);
    expect(tokens.slice(0, 2).map((token) => token.replace(/^\w+/, ''))).toEqual([
      `:1@${version}:3:0-3:2#0`,
      `:1@${version}:3:0-3:2#0`,
    ]);
    expect(await rowsOf('mixture_weight')).toBe(3);
    expect(await rowsOf('log_event')).toBe(3);
  },
);

it.each([
  ['is counted once while the engine remembers it', WINDOW - 1, 'counted'],
  ['is not counted again once the engine has forgotten it', WINDOW, 'batch_expired'],
])('a batch that is repeated by a late owner %s', async (_when, blocksSince, outcome) => {
  partition.append(ended('a'), ended('b'));
  const dying = sinkOf({ after: 2 });
  await expect(work(partition.assign(), { sink: dying })).rejects.toThrow('the answer got lost');
  /* Other partitions go on meanwhile. */
  for (let block = 0; block < blocksSince; block += 1)
    await store.engine.insert({
      table: 'tributary.log_event',
      token: `${version} ${block}`,
      rows: [registered],
    });
  const { cursors } = partition;
  const sink = countedOnce(sinkOf(), cursors, {
    rows: (after, until) => registeredRows(store.engine.reader, { after, until }),
  });
  let isOver = false;
  const repeating = work(partition.assign(), { sink })
    .then(
      () => 'counted',
      (fault: Fault) => fault.code,
    )
    .finally(() => (isOver = true));
  await expect.poll(() => isOver || cursors.get(TABLES_CURSOR)?.position === at(2)).toBe(true);
  partition.lose();
  expect(await repeating).toBe(outcome);
  expect(await rowsOf('mixture_weight')).toBe(2);
});

it('records an event that made no rows, so that its repeat is a duplicate', async () => {
  partition.append(ended('a'), ended('b', 'throw'));
  await workTo(2);
  expect(await rowsOf('mixture_weight')).toBe(1);
  expect(await known(ended('b', 'throw'))).toEqual(['b at 3:2']);
  expect(parked).toMatchObject([{ position: '3:2', fault: { code: 'projection_failed' } }]);
  expect(partition.cursors.get('misfits')).toMatchObject({ planned: { from: '3:2', to: '3:2', token: '1' } });
});

const made = (by: string): Cursor => tablesCodec.encode(planBatch(firstState(by, at(0)), at(0)));

it('does not write to tables of another version', async () => {
  partition.append(ended('a'));
  partition.cursors.set(TABLES_CURSOR, made('other'));
  await expect(work(partition.assign())).rejects.toMatchObject({
    code: 'tables_version',
    message: expect.stringContaining('version other'),
  });
  expect(await rowsOf('mixture_weight')).toBe(0);
});

it.each<[string, (partition: PartitionInMemory) => void]>([
  ['the cursor is gone', ({ cursors }) => cursors.clear()],
  ['the cursor was moved back', ({ cursors }) => void cursors.set(TABLES_CURSOR, made(version))],
  [
    'a plan reaches less far than the tables',
    ({ cursors }) =>
      void cursors.set(TABLES_CURSOR, tablesCodec.encode(planBatch(firstState(version, at(0)), at(1)))),
  ],
])('stops before it counts twice where %s and the tables hold more', async (_what, move) => {
  partition.append(ended('a'), ended('b'));
  await workTo(2);
  tokens = [];
  move(partition);
  await expect(work(partition.assign())).rejects.toMatchObject({
    code: 'tables_ahead',
    message: expect.stringContaining('3:2'),
  });
  expect(tokens).toEqual([]);
});

it('is not stopped by rows of other partitions', async () => {
  partition.append(ended('a'));
  await workTo(1);
  const own = partition;
  partition = partitionInMemory(1);
  partition.append(ended('a'));
  const start = formatEventPosition(partitionStart(1));
  const working = work(partition.assign(), {
    start,
    lastPosition: () => lastPosition(store.engine.reader, 1),
  });
  await expect.poll(() => partition.cursors.get(TABLES_CURSOR)?.position).toBe('1:1');
  partition.lose();
  await working;
  expect(own.cursors.get(TABLES_CURSOR)?.position).toBe('3:1');
  expect(await rowsOf('mixture_weight')).toBe(2);
});

it.each<[string, (lose: () => void) => Partial<PartitionOptions>]>([
  [
    'while the tables are queried for their last event',
    (lose) => ({ lastPosition: () => (lose(), Promise.reject(new Error('unavailable'))) }),
  ],
  [
    'while it repeats the batch of a dead owner',
    (lose) => ({ sink: { ...sinkOf(), insert: () => (lose(), Promise.reject(new Error('unavailable'))) } }),
  ],
])('ends without a fault when its partition is lost %s', async (_when, losing) => {
  partition.append(ended('a'));
  partition.cursors.set(TABLES_CURSOR, tablesCodec.encode(planBatch(firstState(version, at(0)), at(1))));
  await work(
    partition.assign(),
    losing(() => void partition.lose()),
  );
  expect(partition.cursors.get(TABLES_CURSOR)).toMatchObject({ position: '3:0', planned: { to: '3:1' } });
});

it('ends at once and plans nothing where its partition was lost before it began', async () => {
  partition.append(ended('a'));
  partition.assign();
  await work(partition.lose());
  expect(partition.cursors.size).toBe(0);
  expect(tokens).toEqual([]);
});

it('throws what stopped it while it still has its partition', async () => {
  partition.append(ended('a'));
  const sink = { ...sinkOf(), openBlock: () => Promise.reject(new Fault('engine_refused', 'no such table')) };
  await expect(work(partition.assign(), { sink })).rejects.toMatchObject({ code: 'engine_refused' });
});
