import { eventPosition, formatEventPosition, parseEventPosition, positionFromText } from '@tributary/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cursor, RecordedEvent } from '../event-log.ts';
import type { KnownEvent } from './in-flight-index.ts';
import { before, partitionInMemory, hashOf, keyedFormat, knownAt } from './partition.fixture.ts';
import type { PartitionInMemory, Written } from './partition.fixture.ts';
import { openPartitionLog } from './partition-log.ts';
import type { PartitionLog, RejectedRecord } from './partition-log.ts';
import { encodeCommitMetadata, decodeCommitMetadata } from './commit-metadata.ts';

const BYTES = 1_000_000;

/** The log of a partition, with the records that it refused and omitted. */
function logOn(partition: PartitionInMemory, known: readonly KnownEvent[] = []) {
  const refused: RejectedRecord<string>[] = [];
  const omitted: string[] = [];
  const asked: string[][] = [];
  const log = openPartitionLog({
    assignment: partition,
    format: keyedFormat,
    known: (events) => {
      asked.push(events.map(({ id }) => id));
      return Promise.resolve(known.filter(({ id }) => events.some((event) => event.id === id)));
    },
    storedAt: (position) => Promise.resolve(known.find((one) => one.position === position)),
    refuse: (one) => Promise.resolve(refused.push(one)),
    onOmitted: (why) => void omitted.push(why),
  });
  return { log, refused, omitted, asked };
}

const read = (log: PartitionLog, after: number, limit = 100) =>
  log.read({ after: formatEventPosition(after), limit, maxBytes: BYTES });

/** Ids of events, and the reasons of omissions. */
const summary = (events: readonly RecordedEvent[]): string[] =>
  events.map(({ id, omitted }) => (omitted === undefined ? id : `(${omitted})`));

const a = { id: 'a', content: 'one' };
const b = { id: 'b' };

describe('an id', () => {
  it('counts once within a read', async () => {
    const { log, omitted } = logOn(partitionInMemory({ written: [a, b, a, a] }));
    expect(summary(await read(log, 0))).toEqual(['a', 'b', '(duplicate)', '(duplicate)']);
    expect(omitted).toEqual(['duplicate', 'duplicate']);
  });

  it('counts once across reads, before and after its first copy is in the tables', async () => {
    const { log } = logOn(partitionInMemory({ written: [a, a, a] }));
    expect(summary(await read(log, 0, 1))).toEqual(['a']);
    expect(summary(await read(log, 1, 1))).toEqual(['(duplicate)']);
    await log.cursors.set('tables', { position: formatEventPosition(1) });
    /* It is released now, so it must be found in the tables. */
    const { log: next } = logOn(partitionInMemory({ written: [a, a, a] }), [knownAt(1, a)]);
    expect(summary(await read(next, 1))).toEqual(['(duplicate)', '(duplicate)']);
  });

  it('counts again at the position that the tables have, and in a repeated read', async () => {
    const { log } = logOn(partitionInMemory({ written: [b, a] }), [knownAt(2, a)]);
    expect(summary(await read(log, 0))).toEqual(['b', 'a']);
    expect(summary(await read(log, 0))).toEqual(['b', 'a']);
  });

  it('counts at its first position only, though the tables have it at a later one', async () => {
    const { log } = logOn(partitionInMemory({ written: [a, b, a] }), [knownAt(3, a)]);
    expect(summary(await read(log, 0))).toEqual(['a', 'b', '(duplicate)']);
  });

  it('counts once when its first copy reaches the tables during a query for others', async () => {
    const answers: ((known: readonly KnownEvent[]) => void)[] = [];
    const log = openPartitionLog({
      assignment: partitionInMemory({ written: [a, b, a] }),
      format: keyedFormat,
      known: () => new Promise((resolve) => answers.push(resolve)),
      storedAt: () => Promise.resolve(undefined),
      refuse: () => Promise.resolve(),
    });
    const first = read(log, 0, 1);
    await expect.poll(() => answers.length).toBe(1);
    answers[0]?.([]);
    expect(summary(await first)).toEqual(['a']);

    const second = read(log, 1, 2);
    await expect.poll(() => answers.length).toBe(2);
    await log.cursors.set('tables', { position: formatEventPosition(1) });
    answers[1]?.([]);
    expect(summary(await second)).toEqual(['b', '(duplicate)']);
  });

  it('is queried in the tables once, and not while it is in flight', async () => {
    const { log, asked } = logOn(partitionInMemory({ written: [a, b, a] }));
    await read(log, 0, 2);
    await read(log, 2);
    expect(asked).toEqual([['a', 'b']]);
  });
});

describe('a record that is not an event', () => {
  it('is refused with the record, or with the event that has its id, and leaves an omission', async () => {
    const other = { id: 'a', content: 'two' };
    const { log, refused, omitted } = logOn(
      partitionInMemory({ partition: 1, written: ['poison message', a, other] }),
      [knownAt(eventPosition(7, 1), b)],
    );
    const events = await log.read({ after: before(1), limit: 10, maxBytes: BYTES });
    expect(summary(events)).toEqual(['(refused)', 'a', '(conflict)']);
    expect(events.map(({ position }) => position)).toEqual(['1:1', '1:2', '1:3']);
    expect(refused).toMatchObject([
      { why: 'refused', refusal: 'poison message at 0', record: { offset: 0, partition: 1 } },
      { why: 'conflict', known: { position: '1:2', hash: hashOf('one') }, record: { offset: 2 } },
    ]);
    expect(omitted).toEqual(['refused', 'conflict']);
  });

  it('is a conflict with an event of the tables', async () => {
    const { log, refused } = logOn(partitionInMemory({ written: [b, { id: 'a', content: 'two' }] }), [
      knownAt(1, a),
    ]);
    expect(summary(await read(log, 1))).toEqual(['(conflict)']);
    expect(refused).toMatchObject([{ known: { position: '1' } }]);
  });

  it('is an event without a source, as in the replicas', async () => {
    const nameless = { ...keyedFormat, read: () => ({ ok: true, event: NAMELESS }) as const };
    const partition = partitionInMemory({ written: [a] });
    const refuse = () => Promise.resolve();
    const log = openPartitionLog({
      assignment: partition,
      format: nameless,
      known: () => Promise.resolve([]),
      storedAt: () => Promise.resolve(undefined),
      refuse,
    });
    expect(summary(await read(log, 0))).toEqual(['(refused)']);
  });
});

const NAMELESS = { source: '', id: '1', type: 't', stream: 's', bytes: new Uint8Array(), recordTime: 0 };

describe('gaps', () => {
  it.each<[string, [number, Written][], string[]]>([
    ['at the beginning', [[2, a]], ['(gap)', '(gap)', 'a']],
    [
      'in the middle',
      [
        [0, a],
        [2, b],
      ],
      ['a', '(gap)', 'b'],
    ],
    [
      'of several offsets',
      [
        [1, a],
        [4, 'poison message'],
        [6, b],
      ],
      ['(gap)', 'a', '(gap)', '(gap)', '(refused)', '(gap)', 'b'],
    ],
    [
      'refused where they belong to a batch that cannot be read',
      [
        [0, a],
        [3, 'unreadable batch'],
        [5, b],
      ],
      ['a', '(refused)', '(refused)', '(refused)', '(gap)', 'b'],
    ],
  ])('have one omission for each offset: %s', async (_where, written, expected) => {
    const { log } = logOn(partitionInMemory({ written: new Map(written) }));
    const events = await read(log, 0);
    expect(summary(events)).toEqual(expected);
    expect(events.map(({ position }) => parseEventPosition(position))).toEqual(
      expected.map((_, index) => index + 1),
    );
  });

  it('are read up to the limit, however long they are, and later records are classified once', async () => {
    const { log, refused, omitted, asked } = logOn(
      partitionInMemory({
        written: new Map<number, Written>([
          [1_000_000_000, 'poison message'],
          [1_000_000_001, a],
        ]),
      }),
    );
    expect(summary(await read(log, 0, 3))).toEqual(['(gap)', '(gap)', '(gap)']);
    expect(asked).toEqual([]);
    expect(summary(await read(log, 999_999_999, 2))).toEqual(['(gap)', '(refused)']);
    expect(refused).toHaveLength(1);
    expect(omitted).toEqual(['gap', 'gap', 'gap', 'gap', 'refused']);
  });

  it('of a batch that cannot be read cost one refusal, in portions of any size', async () => {
    const written = new Map<number, Written>([
      [9, 'unreadable batch'],
      [10, a],
    ]);
    const { log, refused } = logOn(partitionInMemory({ written }));
    const portions = [await read(log, 0, 4), await read(log, 4, 4), await read(log, 8, 4)];
    expect(summary(portions.flat())).toEqual([...Array(10).fill('(refused)'), 'a']);
    expect(refused).toMatchObject([{ why: 'unreadable', batch: { first: 0, reason: 'too long' } }]);
  });

  it('give the same events in portions of any size', async () => {
    const written = fc.uniqueArray(
      fc.tuple(
        fc.nat(30),
        fc.oneof(
          fc.constantFrom<Written>('poison message', 'unreadable batch'),
          fc.record({ id: fc.constantFrom('a', 'b', 'c'), content: fc.constantFrom('1', '2') }),
        ),
      ),
      { selector: ([offset]) => offset, minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(written, fc.infiniteStream(fc.integer({ min: 1, max: 7 })), async (some, limits) => {
        const records = new Map(some.toSorted(([left], [right]) => left - right));
        const end = Math.max(...records.keys()) + 1;
        const whole = await read(logOn(partitionInMemory({ written: records })).log, 0);
        const portions: RecordedEvent[] = [];
        const { log } = logOn(partitionInMemory({ written: records }));
        while (portions.length < end) {
          const limit = limits.next().value ?? 1;
          const portion = await read(log, portions.length, limit);
          expect(portion.length).toBeGreaterThan(0);
          expect(portion.length).toBeLessThanOrEqual(limit);
          portions.push(...portion);
        }
        expect(summary(portions)).toEqual(summary(whole));
        expect(portions.map(({ position }) => parseEventPosition(position))).toEqual(
          Array.from({ length: end }, (_, index) => index + 1),
        );
      }),
    );
  });
});

const positionIn = (partition: number, number: number) =>
  formatEventPosition(eventPosition(partition, number));

const planned = (partition: number, version = 'v'): Cursor => {
  const [from, to] = [positionIn(partition, 1), positionIn(partition, 3)];
  return { position: from, planned: { from, to, token: `1@${version}:${from}-${to}` } };
};

describe('cursors', () => {
  it('are committed with the group: the position of the tables as the offset, all of them as metadata', async () => {
    const partition = partitionInMemory({ partition: 2, written: [a, b] });
    const { log } = logOn(partition);
    const failures = {
      position: positionIn(2, 1),
      planned: { from: positionIn(2, 1), to: positionIn(2, 1), token: '1' },
    };
    await log.cursors.set('failures', failures);
    await log.cursors.set('tables', planned(2));
    expect(partition.commits.map(({ offset }) => offset)).toEqual([0, 1]);
    const { log: next } = logOn(
      partitionInMemory({ partition: 2, written: [a], committed: partition.commits[1] }),
    );
    expect(next.cursors.get('tables')).toEqual(planned(2));
    expect(next.cursors.get('failures')).toEqual(failures);
    expect(next.cursors.get('other')).toBeUndefined();
  });

  it('keep a planned range when another cursor is set before the commit is confirmed', async () => {
    const partition = partitionInMemory({ written: [a, b] });
    const { log } = logOn(partition);
    const release = partition.hold();
    const sets = [
      log.cursors.set('tables', planned(0)),
      log.cursors.set('failures', { position: positionIn(0, 1) }),
    ];
    release();
    await Promise.all(sets);
    const left = decodeCommitMetadata(partition.commits.at(-1)?.metadata ?? '');
    expect(left.get('tables')).toEqual(planned(0));
    expect(left.get('failures')).toEqual({ position: '1' });
  });

  it('stay unchanged when a commit fails, and the next commit does not wait for it', async () => {
    const partition = partitionInMemory({ written: [a] });
    const { log } = logOn(partition);
    await log.cursors.set('tables', { position: positionIn(0, 1) });
    partition.lose();
    await expect(log.cursors.set('tables', planned(0))).rejects.toThrow('the partition is lost');
    await expect(log.cursors.set('failures', planned(0))).rejects.toThrow('the partition is lost');
    expect(log.cursors.get('tables')).toEqual({ position: '1' });
    expect(partition.commits).toHaveLength(1);
  });

  it('release events that are certainly in the tables, and none that are only planned', async () => {
    const partition = partitionInMemory({ written: [a, b, a, b] });
    const { log, asked } = logOn(partition);
    await read(log, 0, 2);
    await log.cursors.set('tables', {
      position: positionIn(0, 1),
      planned: { from: positionIn(0, 1), to: positionIn(0, 2), token: 't' },
    });
    await log.cursors.set('failures', { position: positionIn(0, 2) });
    await read(log, 2);
    expect(asked).toEqual([['a', 'b'], ['a']]);
  });

  it('fit into commit metadata: below 600 bytes at the last positions, with a version of 16 digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4095 }), fc.nat(2 ** 31), (partition, epoch) => {
        const [from, to] = [2 ** 40 - 2, 2 ** 40 - 1].map((number) => positionIn(partition, number));
        const range = { from: from ?? positionIn(0, 0), to: to ?? positionIn(0, 0) };
        const kept = new Map<string, Cursor>([
          [
            'tables',
            {
              position: range.from,
              planned: { ...range, token: `${epoch}@${'f'.repeat(16)}:${from}-${to}` },
            },
          ],
          ['failures', { position: range.to, planned: { ...range, token: String(2 ** 40) } }],
        ]);
        const text = encodeCommitMetadata(kept);
        expect(Buffer.byteLength(text)).toBeLessThan(600);
        expect(decodeCommitMetadata(text)).toEqual(kept);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['words', 'moved by hand'],
    ['another object', '{"member":"consumer-1"}'],
    ['a number', '7'],
    ['nothing in JSON', 'null'],
    ['a list of something else', '[1,2]'],
    ['a cursor without a position', '[["tables",{}]]'],
    ['a cursor with an invalid position', '[["tables",{"position":"x"}]]'],
    ['a plan without a token', '[["tables",{"position":"1","planned":{"from":"1","to":"2"}}]]'],
  ])('are none where other metadata was committed: %s', async (_what, metadata) => {
    const { log } = logOn(partitionInMemory({ written: [a], committed: { offset: 1, metadata } }));
    expect(log.cursors.get('tables')).toBeUndefined();
    expect(summary(await read(log, 0))).toEqual(['a']);
  });
});

it('waits for a planned range that was not fetched yet, and for nothing else', async () => {
  const metadata = encodeCommitMetadata(new Map([['tables', planned(0)]]));
  const partition = partitionInMemory({
    written: [a, b, { id: 'c' }],
    committed: { offset: 1, metadata },
    fetchedBefore: 1,
  });
  const { log } = logOn(partition);
  const waiting = read(log, 1);
  let isRead = false;
  waiting.then(
    () => (isRead = true),
    () => undefined,
  );
  expect(await read(log, 3)).toEqual([]);
  expect(isRead).toBe(false);
  partition.fetchRest();
  expect(summary(await waiting)).toEqual(['b', 'c']);
});

it('waits for records before the end, until the end moves back', async () => {
  const partition = partitionInMemory({ written: [a] });
  const { log } = logOn(partition);
  partition.reportEnd(2);
  const reading = read(log, 1);
  partition.reportEnd(1);
  expect(await reading).toEqual([]);
  partition.reportEnd(2);
  const lost = read(log, 1);
  partition.lose();
  await expect(lost).rejects.toThrow('the partition is lost');
});

it('stops waiting when the partition is lost, or when its caller aborts', async () => {
  const partition = partitionInMemory({ partition: 3, written: [a] });
  const { log } = logOn(partition);
  const waiting = new AbortController();
  const changed = log.changed(positionIn(3, 1), waiting.signal);
  waiting.abort(new Error('enough'));
  await expect(changed).rejects.toThrow('enough');
  const lost = log.changed(positionFromText('3:1'));
  partition.lose();
  await expect(lost).rejects.toThrow('the partition is lost');
});

it('finds an event in flight, one of the tables, and none of another source', async () => {
  const { log } = logOn(partitionInMemory({ written: [b, b] }), [knownAt(7, a)]);
  await read(log, 0);
  expect(await log.find('urn:test', 'b')).toMatchObject({ position: '1', stream: 's', type: 't' });
  expect(await log.find('urn:test', 'b')).not.toHaveProperty('bytes');
  expect(await log.find('urn:test', 'a')).toMatchObject({ position: '7' });
  expect(await log.find('urn:other', 'a')).toBeUndefined();
  expect(await log.find('urn:test', 'c')).toBeUndefined();
});
