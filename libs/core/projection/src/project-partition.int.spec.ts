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
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { compareRegistered } from './check/registered-events.ts';
import { TABLES_CURSOR } from './state/projector-states.ts';
import { tablesCodec } from './state/state-codec.ts';
import { firstState, planBatch } from './state/tables-state.ts';
import { partitionInMemory } from './partition.fixture.ts';
import type { PartitionInMemory } from './partition.fixture.ts';
import type { PartitionOptions } from './projector-options.ts';
import { knownEvents, lastPosition } from './event-register.ts';
import { at, ended, openWorkedPartition, PARTITION } from './worked-partition.fixture.ts';
import type { WorkedPartition } from './worked-partition.fixture.ts';

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

let worked: WorkedPartition;

beforeAll(async () => {
  worked = await openWorkedPartition();
  await setWindow(WINDOW);
});
beforeEach(() => worked.begin());
afterAll(async () => {
  await setWindow(10_000);
  await worked.store.remove();
});

const setWindow = (blocks: number): Promise<void> =>
  worked.store.engine.command(
    `ALTER TABLE tributary.log_event MODIFY SETTING non_replicated_deduplication_window = ${blocks}`,
  );

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

const known = (...events: readonly NewEvent[]) =>
  knownEvents(
    worked.store.engine.reader,
    PARTITION,
  )(events).then((found) => found.map(({ id, position }) => `${id} at ${position}`).toSorted());

it('projects a partition beyond the first from its start, and records its events by id', async () => {
  worked.partition.append(ended('a'), ended('b'));
  await worked.workTo(2);
  expect(await worked.rowsOf('mixture_weight')).toBe(2);
  expect(await lastPosition(worked.store.engine.reader, PARTITION)).toBe(eventPosition(PARTITION, 2));
  expect(await known(ended('a'), ended('b'), ended('c'))).toEqual(['a at 3:1', 'b at 3:2']);
  expect(await known({ ...ended('a'), source: 'urn:other' })).toEqual([]);
  expect(await knownEvents(worked.store.engine.reader, 2)([ended('a')])).toEqual([]);
  expect(await lastPosition(worked.store.engine.reader, 2)).toBe(partitionStart(2));
  expect(await lastPosition(worked.store.engine.reader, 4)).toBe(partitionStart(4));
  expect(worked.tokens.every((token) => token.includes(`:1@${worked.version}:3:0-3:`))).toBe(true);
});

it('tells the events that it registers from those of another log, and where some are missing', async () => {
  const NAMES = ['a', 'b', 'c', 'd'];
  const aHistory = fc.shuffledSubarray(NAMES, { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(aHistory, aHistory, fc.nat(4), async (own, others, common) => {
      await worked.begin();
      worked.partition.append(...own.map((id) => ended(id)));
      await worked.workTo(own.length);
      const shared = own.slice(0, common);
      const other = [...shared, ...others.filter((id) => !shared.includes(id))];
      const compared = (ids: readonly string[], number: number) =>
        compareRegistered(
          { reader: worked.store.engine.reader, log: logOf(ids.map((id) => ended(id))) },
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

it.each([
  ['before anything of it was inserted', 0],
  ['after one of its tables was filled', 1],
  ['after all of it was inserted', 2],
])(
  'repeats the batch of an owner that died %s under the same token, and counts it once',
  async (_when, after) => {
    worked.partition.append(ended('a'), ended('b'));
    const dying =
      after === 0
        ? { ...worked.sinkOf(), insert: () => Promise.reject(new Error('no engine')) }
        : worked.sinkOf({ after });
    await expect(worked.work(worked.partition.assign(), { sink: dying })).rejects.toThrow(
      /no engine|the answer got lost/,
    );
    expect(worked.partition.cursors.get(TABLES_CURSOR)).toMatchObject({
      position: '3:0',
      planned: { to: '3:2' },
    });
    const before = [...worked.tokens];
    worked.tokens = [];
    worked.partition.append(ended('c'));
    await worked.workTo(3);
    expect(worked.tokens.slice(0, before.length)).toEqual(before);
    expect(worked.tokens.slice(0, 2).map((token) => token.replace(/^\w+/, ''))).toEqual([
      `:1@${worked.version}:3:0-3:2#0`,
      `:1@${worked.version}:3:0-3:2#0`,
    ]);
    expect(await worked.rowsOf('mixture_weight')).toBe(3);
    expect(await worked.rowsOf('log_event')).toBe(3);
  },
);

it.each([
  ['is counted once while the engine remembers it', WINDOW - 1, 'counted'],
  ['is not counted again once the engine has forgotten it', WINDOW, 'batch_expired'],
])('a batch that is repeated by a late owner %s', async (_when, blocksSince, outcome) => {
  worked.partition.append(ended('a'), ended('b'));
  const dying = worked.sinkOf({ after: 2 });
  await expect(worked.work(worked.partition.assign(), { sink: dying })).rejects.toThrow(
    'the answer got lost',
  );
  /* Other partitions go on meanwhile. */
  for (let block = 0; block < blocksSince; block += 1)
    await worked.store.engine.insert({
      table: 'tributary.log_event',
      token: `${worked.version} ${block}`,
      rows: [registered],
    });
  const { cursors } = worked.partition;
  const sink = worked.once();
  let isOver = false;
  const repeating = worked
    .work(worked.partition.assign(), { sink })
    .then(
      () => 'counted',
      (fault: Fault) => fault.code,
    )
    .finally(() => (isOver = true));
  await expect.poll(() => isOver || cursors.get(TABLES_CURSOR)?.position === at(2)).toBe(true);
  worked.partition.lose();
  expect(await repeating).toBe(outcome);
  expect(await worked.rowsOf('mixture_weight')).toBe(2);
});

it('records an event that made no rows, so that its repeat is a duplicate', async () => {
  worked.partition.append(ended('a'), ended('b', 'throw'));
  await worked.workTo(2);
  expect(await worked.rowsOf('mixture_weight')).toBe(1);
  expect(await known(ended('b', 'throw'))).toEqual(['b at 3:2']);
  expect(worked.parked).toMatchObject([{ position: '3:2', fault: { code: 'projection_failed' } }]);
  expect(worked.partition.cursors.get('misfits')).toMatchObject({
    planned: { from: '3:2', to: '3:2', token: '1' },
  });
});

const made = (by: string): Cursor => tablesCodec.encode(planBatch(firstState(by, at(0)), at(0)));

it('does not write to tables of another version', async () => {
  worked.partition.append(ended('a'));
  worked.partition.cursors.set(TABLES_CURSOR, made('other'));
  await expect(worked.work(worked.partition.assign())).rejects.toMatchObject({
    code: 'tables_version',
    message: expect.stringContaining('version other'),
  });
  expect(await worked.rowsOf('mixture_weight')).toBe(0);
});

it.each<[string, (partition: PartitionInMemory) => void]>([
  ['the cursor is gone', ({ cursors }) => cursors.clear()],
  ['the cursor was moved back', ({ cursors }) => void cursors.set(TABLES_CURSOR, made(worked.version))],
  [
    'a plan reaches less far than the tables',
    ({ cursors }) =>
      void cursors.set(
        TABLES_CURSOR,
        tablesCodec.encode(planBatch(firstState(worked.version, at(0)), at(1))),
      ),
  ],
])('stops before it counts twice where %s and the tables hold more', async (_what, move) => {
  worked.partition.append(ended('a'), ended('b'));
  await worked.workTo(2);
  worked.tokens = [];
  move(worked.partition);
  await expect(worked.work(worked.partition.assign())).rejects.toMatchObject({
    code: 'tables_ahead',
    message: expect.stringContaining('3:2'),
  });
  expect(worked.tokens).toEqual([]);
});

it('is not stopped by rows of other partitions', async () => {
  worked.partition.append(ended('a'));
  await worked.workTo(1);
  const own = worked.partition;
  worked.partition = partitionInMemory(1);
  worked.partition.append(ended('a'));
  const start = formatEventPosition(partitionStart(1));
  const working = worked.work(worked.partition.assign(), {
    start,
    lastPosition: () => lastPosition(worked.store.engine.reader, 1),
  });
  await expect.poll(() => worked.partition.cursors.get(TABLES_CURSOR)?.position).toBe('1:1');
  worked.partition.lose();
  await working;
  expect(own.cursors.get(TABLES_CURSOR)?.position).toBe('3:1');
  expect(await worked.rowsOf('mixture_weight')).toBe(2);
});

it.each<[string, (lose: () => void) => Partial<PartitionOptions>]>([
  [
    'while the tables are queried for their last event',
    (lose) => ({ lastPosition: () => (lose(), Promise.reject(new Error('unavailable'))) }),
  ],
  [
    'while it repeats the batch of a dead owner',
    (lose) => ({
      sink: { ...worked.sinkOf(), insert: () => (lose(), Promise.reject(new Error('unavailable'))) },
    }),
  ],
])('ends without a fault when its partition is lost %s', async (_when, losing) => {
  worked.partition.append(ended('a'));
  worked.partition.cursors.set(
    TABLES_CURSOR,
    tablesCodec.encode(planBatch(firstState(worked.version, at(0)), at(1))),
  );
  await worked.work(
    worked.partition.assign(),
    losing(() => void worked.partition.lose()),
  );
  expect(worked.partition.cursors.get(TABLES_CURSOR)).toMatchObject({
    position: '3:0',
    planned: { to: '3:1' },
  });
});

it('ends at once and plans nothing where its partition was lost before it began', async () => {
  worked.partition.append(ended('a'));
  worked.partition.assign();
  await worked.work(worked.partition.lose());
  expect(worked.partition.cursors.size).toBe(0);
  expect(worked.tokens).toEqual([]);
});

it('throws what stopped it while it still has its partition', async () => {
  worked.partition.append(ended('a'));
  const sink = {
    ...worked.sinkOf(),
    openBlock: () => Promise.reject(new Fault('engine_refused', 'no such table')),
  };
  await expect(worked.work(worked.partition.assign(), { sink })).rejects.toMatchObject({
    code: 'engine_refused',
  });
});
