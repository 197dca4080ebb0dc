import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { eventPosition, formatEventPosition, partitionStart } from '@tributary/kernel';
import { holdCommits } from '@tributary/test-processes';
import type { RecordedEvent } from '../event-log.ts';
import { plain } from '../log-under-test.fixture.ts';
import { partitionInMemory, keyedFormat, recordsAt } from './partition.fixture.ts';
import type { Written } from './partition.fixture.ts';
import { openPartitionLog } from './partition-log.ts';
import { checkBounds, Replica } from './replica.ts';

const PARTITION = 2;
const ALL = { after: formatEventPosition(partitionStart(PARTITION)), limit: 1000, maxBytes: 1_000_000 };
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function open(directory = mkdtempSync(join(tmpdir(), 'replica-'))) {
  const options = {
    directory,
    partition: PARTITION,
    format: keyedFormat,
    clock: () => 0,
    mapBytes: 2 ** 24,
    recentBytes: 2 ** 20,
    flushTimeout: 300,
  };
  const replica = await Replica.open(options);
  closing.push(
    () => rmSync(directory, { recursive: true, force: true }),
    () => replica.close(),
  );
  return { replica, directory };
}

const written = fc
  .uniqueArray(
    fc.tuple(
      fc.nat(40),
      fc.oneof(
        fc.constantFrom<Written>('poison message', 'unreadable batch'),
        fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), content: fc.constantFrom('1', '2') }),
      ),
    ),
    { selector: ([offset]) => offset, minLength: 1, maxLength: 25 },
  )
  .map((some) => new Map(some.toSorted(([left], [right]) => left - right)));

const summary = (events: readonly RecordedEvent[]) =>
  events.map(({ id, omitted, position, hash }) => [position, omitted ?? `${id} ${hash}`]);

describe('a replica', () => {
  it('is the same for any order of fetches and repeats, and over a restart', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.infiniteStream(fc.nat(6)), async (some, sizes) => {
        const records = recordsAt(PARTITION, some);
        const { replica: whole } = await open();
        await whole.take(records);
        let { replica: parts, directory } = await open();
        for (let from = 0; from < records.length;) {
          const size = sizes.next().value ?? 1;
          /* The last records are fetched again. */
          await parts.take(records.slice(Math.max(0, from - 2), from + size));
          from += size;
          if (size === 3) {
            await parts.close();
            ({ replica: parts, directory } = await open(directory));
          }
        }
        expect(plain(await parts.read(ALL))).toEqual(plain(await whole.read(ALL)));
        expect(parts.end).toBe(eventPosition(PARTITION, Math.max(...some.keys()) + 1));
        expect(parts.counts()).toEqual(whole.counts());
        expect(await parts.verify()).toMatchObject({ ok: true });
      }),
      { numRuns: 25 },
    );
  });

  it('classifies every record like the log of the partition', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (some) => {
        const { replica } = await open();
        await replica.take(recordsAt(PARTITION, some));
        const log = openPartitionLog({
          assignment: partitionInMemory({ partition: PARTITION, written: some }),
          format: keyedFormat,
          known: () => Promise.resolve([]),
          refuse: () => Promise.resolve(),
        });
        expect(summary(await replica.read(ALL))).toEqual(summary(await log.read(ALL)));
      }),
      { numRuns: 25 },
    );
  });

  it('goes on in the middle of a batch that cannot be read', async () => {
    const batchUntil = (offset: number) =>
      recordsAt(PARTITION, new Map<number, Written>([[offset, 'unreadable batch']]));
    const { replica: killed, directory } = await open();
    await killed.take(batchUntil(9_999));
    await killed.close();
    const { replica } = await open(directory);
    await replica.take([...batchUntil(24_999), ...recordsAt(PARTITION, new Map([[25_000, { id: 'a' }]]))]);
    expect(replica.end).toBe(eventPosition(PARTITION, 25_001));
    expect(replica.counts()).toEqual([['t', 1]]);
  });

  it('takes its times from the events alone', async () => {
    const { replica } = await open();
    const records = recordsAt(
      PARTITION,
      new Map<number, Written>([
        [0, 'poison message'],
        [1, { id: 'a' }],
        [4, { id: 'b' }],
      ]),
    );
    await replica.take(
      records.map((record) => ({ ...record, timestamp: record.key ? record.timestamp : 9e14 })),
    );
    const times = (await replica.read(ALL)).map(({ recordTime }) => recordTime);
    expect(times).toEqual([1, 2, 3, 4, 5]);
    expect(replica.lastRecordTime()).toBe(5);
    expect(await replica.verify()).toEqual({ ok: true, events: 2, streams: 1, head: '5' });
  });

  it.each<[string, Written, Written | 'nothing']>([
    ['another content of an event', { id: 'b' }, { id: 'b', content: 'x' }],
    ['another event with its content', { id: 'b' }, { id: 'c' }],
    ['an event instead of what is none', 'poison message', { id: 'b' }],
    ['a batch that cannot be read instead of an event', { id: 'b' }, 'unreadable batch'],
    ['what is no event instead of one', { id: 'b' }, 'poison message'],
    ['what is no event instead of a repeat', { id: 'a' }, 'poison message'],
    ['another event instead of a repeat', { id: 'a' }, { id: 'b' }],
    ['a conflict instead of a repeat', { id: 'a' }, { id: 'a', content: 'x' }],
    ['another event instead of a conflict', { id: 'a', content: 'x' }, { id: 'b' }],
    ['a repeat instead of a conflict', { id: 'a', content: 'x' }, { id: 'a' }],
    ['nothing', { id: 'b' }, 'nothing'],
  ])('takes nothing from a topic that holds %s where it has read its last record', async (_what, was, is) => {
    const first = await open();
    await first.replica.take(
      recordsAt(
        PARTITION,
        new Map<number, Written>([
          [0, { id: 'a' }],
          [1, was],
        ]),
      ),
    );
    await first.replica.close();
    const { replica } = await open(first.directory);
    const records = new Map<number, Written>([
      [0, { id: 'a' }],
      [2, { id: 'c' }],
    ]);
    if (is !== 'nothing') records.set(1, is);
    const now = recordsAt(PARTITION, new Map([...records].toSorted(([left], [right]) => left - right)));
    await expect(replica.take(now)).rejects.toMatchObject({ code: 'log_replaced', retryable: false });
    expect(replica.next).toBe(2);
  });

  it('takes nothing more once it has met another topic, and says so', async () => {
    const { replica } = await open();
    const was = recordsAt(PARTITION, new Map<number, Written>([[0, { id: 'a' }]]));
    await replica.take(was);
    await replica.recognise(was);
    await replica.take(was);
    expect(replica.dead()).toBeUndefined();
    const is = recordsAt(
      PARTITION,
      new Map<number, Written>([
        [0, { id: 'b' }],
        [1, { id: 'c' }],
      ]),
    );
    await expect(replica.recognise(is.slice(0, 1))).rejects.toMatchObject({ code: 'log_replaced' });
    await expect(replica.take(is)).rejects.toMatchObject({ code: 'log_replaced' });
    expect(replica).toMatchObject({ next: 1, isReplaced: true });
    expect(replica.dead()).toMatchObject({ code: 'log_replaced', retryable: false });
  });

  it('says that its disk hangs, until it has gone on', async () => {
    const { replica, directory } = await open();
    expect(replica.overdue()).toBeUndefined();
    const release = await holdCommits(join(directory, `partition-${PARTITION}`));
    const taking = replica.take(recordsAt(PARTITION, new Map<number, Written>([[0, { id: 'a' }]])));
    await expect.poll(() => replica.overdue()).toMatchObject({ code: 'log_overdue', retryable: true });
    expect([replica.dead(), replica.next]).toEqual([undefined, 0]);
    await release();
    await taking;
    expect([replica.overdue(), replica.next]).toEqual([undefined, 1]);
  });

  it.each([
    { first: 0, end: 5 },
    { first: 5, end: 5 },
    { first: 5, end: 9 },
  ])('that wants offset 5 next follows a topic that holds %j', (bounds) => {
    expect(() => checkBounds({ partition: 1, next: 5 }, bounds, 'events')).not.toThrow();
  });

  it.each([
    [{ first: 6, end: 9 }, 'log_truncated'],
    [{ first: 0, end: 4 }, 'log_too_short'],
    [{ first: 0, end: 0 }, 'log_too_short'],
  ])('that wants offset 5 next is none of a topic that holds %j: %s', (bounds, code) => {
    expect(() => checkBounds({ partition: 1, next: 5 }, bounds, 'events')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('events/1') }),
    );
  });
});
