import { eventPosition, formatEventPosition, parseEventPosition, positionFromText } from '@tributary/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cursor, RecordedEvent } from '../event-log.ts';
import type { KnownEvent } from './in-flight-index.ts';
import { before, claimInMemory, hashOf, keyedFormat, knownAt } from './partition.fixture.ts';
import type { ClaimInMemory, Written } from './partition.fixture.ts';
import { openPartitionLog } from './partition-log.ts';
import type { PartitionLog, RejectedRecord } from './partition-log.ts';
import { encodeCommitMetadata, decodeCommitMetadata } from './commit-metadata.ts';

const BYTES = 1_000_000;

/** A log on a claim, with what it refused and passed over. */
function logOn(claim: ClaimInMemory, known: readonly KnownEvent[] = []) {
  const refused: RejectedRecord<string>[] = [];
  const omitted: string[] = [];
  const asked: string[][] = [];
  const log = openPartitionLog({
    assignment: claim,
    format: keyedFormat,
    known: (events) => {
      asked.push(events.map(({ id }) => id));
      return Promise.resolve(known.filter(({ id }) => events.some((event) => event.id === id)));
    },
    refuse: (one) => Promise.resolve(refused.push(one)),
    onOmitted: (why) => void omitted.push(why),
  });
  return { log, refused, omitted, asked };
}

const read = (log: PartitionLog, after: number, limit = 100) =>
  log.read({ after: formatEventPosition(after), limit, maxBytes: BYTES });

/** Ids of events, and why others are none. */
const outline = (events: readonly RecordedEvent[]): string[] =>
  events.map(({ id, omitted }) => (omitted === undefined ? id : `(${omitted})`));

const a = { id: 'a', content: 'one' };
const b = { id: 'b' };

describe('an id', () => {
  it('counts once within a read', async () => {
    const { log, omitted } = logOn(claimInMemory({ written: [a, b, a, a] }));
    expect(outline(await read(log, 0))).toEqual(['a', 'b', '(duplicate)', '(duplicate)']);
    expect(omitted).toEqual(['duplicate', 'duplicate']);
  });

  it('counts once across reads, before and after its first copy is in the tables', async () => {
    const { log } = logOn(claimInMemory({ written: [a, a, a] }));
    expect(outline(await read(log, 0, 1))).toEqual(['a']);
    expect(outline(await read(log, 1, 1))).toEqual(['(duplicate)']);
    await log.cursors.set('tables', { position: formatEventPosition(1) });
    /* It is forgotten now, so the tables have to know it. */
    const { log: next } = logOn(claimInMemory({ written: [a, a, a] }), [knownAt(1, a)]);
    expect(outline(await read(next, 1))).toEqual(['(duplicate)', '(duplicate)']);
  });

  it('counts again at the place where the tables hold it, and where a read is repeated', async () => {
    const { log } = logOn(claimInMemory({ written: [b, a] }), [knownAt(2, a)]);
    expect(outline(await read(log, 0))).toEqual(['b', 'a']);
    expect(outline(await read(log, 0))).toEqual(['b', 'a']);
  });

  it('counts at its first place only, though the tables hold it at a later one', async () => {
    const { log } = logOn(claimInMemory({ written: [a, b, a] }), [knownAt(3, a)]);
    expect(outline(await read(log, 0))).toEqual(['a', 'b', '(duplicate)']);
  });

  it('counts once whose first copy reaches the tables while they are asked about others', async () => {
    const answers: ((known: readonly KnownEvent[]) => void)[] = [];
    const log = openPartitionLog({
      assignment: claimInMemory({ written: [a, b, a] }),
      format: keyedFormat,
      known: () => new Promise((resolve) => answers.push(resolve)),
      refuse: () => Promise.resolve(),
    });
    const first = read(log, 0, 1);
    await expect.poll(() => answers.length).toBe(1);
    answers[0]?.([]);
    expect(outline(await first)).toEqual(['a']);

    const second = read(log, 1, 2);
    await expect.poll(() => answers.length).toBe(2);
    await log.cursors.set('tables', { position: formatEventPosition(1) });
    answers[1]?.([]);
    expect(outline(await second)).toEqual(['b', '(duplicate)']);
  });

  it('is asked of the tables once, and not at all while it is on its way there', async () => {
    const { log, asked } = logOn(claimInMemory({ written: [a, b, a] }));
    await read(log, 0, 2);
    await read(log, 2);
    expect(asked).toEqual([['a', 'b']]);
  });
});

describe('what is no event', () => {
  it('is refused with its record, or with the event that has its id, and leaves its place empty', async () => {
    const other = { id: 'a', content: 'two' };
    const { log, refused, omitted } = logOn(claimInMemory({ partition: 1, written: ['poison', a, other] }), [
      knownAt(eventPosition(7, 1), b),
    ]);
    const events = await log.read({ after: before(1), limit: 10, maxBytes: BYTES });
    expect(outline(events)).toEqual(['(refused)', 'a', '(conflict)']);
    expect(events.map(({ position }) => position)).toEqual(['1:1', '1:2', '1:3']);
    expect(refused).toMatchObject([
      { why: 'refused', refusal: 'poison at 0', record: { offset: 0, partition: 1 } },
      { why: 'conflict', known: { position: '1:2', hash: hashOf('one') }, record: { offset: 2 } },
    ]);
    expect(omitted).toEqual(['refused', 'conflict']);
  });

  it('is a conflict with what the tables hold, whatever came before it on its way', async () => {
    const { log, refused } = logOn(claimInMemory({ written: [b, { id: 'a', content: 'two' }] }), [
      knownAt(1, a),
    ]);
    expect(outline(await read(log, 1))).toEqual(['(conflict)']);
    expect(refused).toMatchObject([{ known: { position: '1' } }]);
  });

  it('is an event without a source too, as at the doors', async () => {
    const nameless = { ...keyedFormat, read: () => ({ ok: true, event: NAMELESS }) as const };
    const claim = claimInMemory({ written: [a] });
    const refuse = () => Promise.resolve();
    const log = openPartitionLog({
      assignment: claim,
      format: nameless,
      known: () => Promise.resolve([]),
      refuse,
    });
    expect(outline(await read(log, 0))).toEqual(['(refused)']);
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
      'of several places',
      [
        [1, a],
        [4, 'poison'],
        [6, b],
      ],
      ['(gap)', 'a', '(gap)', '(gap)', '(refused)', '(gap)', 'b'],
    ],
  ])('have an empty place each: %s', async (_where, written, expected) => {
    const { log } = logOn(claimInMemory({ written: new Map(written) }));
    const events = await read(log, 0);
    expect(outline(events)).toEqual(expected);
    expect(events.map(({ position }) => parseEventPosition(position))).toEqual(
      expected.map((_, index) => index + 1),
    );
  });

  it('are read a limit at a time, however long they are, and what lies behind is judged once', async () => {
    const { log, refused, omitted, asked } = logOn(
      claimInMemory({
        written: new Map<number, Written>([
          [1_000_000_000, 'poison'],
          [1_000_000_001, a],
        ]),
      }),
    );
    expect(outline(await read(log, 0, 3))).toEqual(['(gap)', '(gap)', '(gap)']);
    expect(asked).toEqual([]);
    expect(outline(await read(log, 999_999_999, 2))).toEqual(['(gap)', '(refused)']);
    expect(refused).toHaveLength(1);
    expect(omitted).toEqual(['gap', 'gap', 'gap', 'gap', 'refused']);
  });

  it('come to the same in whatever portions they are read', async () => {
    const written = fc.uniqueArray(
      fc.tuple(
        fc.nat(30),
        fc.oneof(
          fc.constant<Written>('poison'),
          fc.record({ id: fc.constantFrom('a', 'b', 'c'), content: fc.constantFrom('1', '2') }),
        ),
      ),
      { selector: ([offset]) => offset, minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(written, fc.infiniteStream(fc.integer({ min: 1, max: 7 })), async (some, limits) => {
        const records = new Map(some.toSorted(([left], [right]) => left - right));
        const end = Math.max(...records.keys()) + 1;
        const whole = await read(logOn(claimInMemory({ written: records })).log, 0);
        const portions: RecordedEvent[] = [];
        const { log } = logOn(claimInMemory({ written: records }));
        while (portions.length < end) {
          const limit = limits.next().value ?? 1;
          const portion = await read(log, portions.length, limit);
          expect(portion.length).toBeGreaterThan(0);
          expect(portion.length).toBeLessThanOrEqual(limit);
          portions.push(...portion);
        }
        expect(outline(portions)).toEqual(outline(whole));
        expect(portions.map(({ position }) => parseEventPosition(position))).toEqual(
          Array.from({ length: end }, (_, index) => index + 1),
        );
      }),
    );
  });
});

const place = (partition: number, number: number) => formatEventPosition(eventPosition(partition, number));

const planned = (partition: number, version = 'v'): Cursor => {
  const [from, to] = [place(partition, 1), place(partition, 3)];
  return { position: from, planned: { from, to, token: `1@${version}:${from}-${to}` } };
};

describe('cursors', () => {
  it('lie with the group: the offset of the tables, and all of them beside it', async () => {
    const claim = claimInMemory({ partition: 2, written: [a, b] });
    const { log } = logOn(claim);
    const misfits = {
      position: place(2, 1),
      planned: { from: place(2, 1), to: place(2, 1), token: '1' },
    };
    await log.cursors.set('misfits', misfits);
    await log.cursors.set('tables', planned(2));
    expect(claim.commits.map(({ offset }) => offset)).toEqual([0, 1]);
    const { log: next } = logOn(claimInMemory({ partition: 2, written: [a], committed: claim.commits[1] }));
    expect(next.cursors.get('tables')).toEqual(planned(2));
    expect(next.cursors.get('misfits')).toEqual(misfits);
    expect(next.cursors.get('other')).toBeUndefined();
  });

  it('keep a planned range though another cursor is moved before that is confirmed', async () => {
    const claim = claimInMemory({ written: [a, b] });
    const { log } = logOn(claim);
    const release = claim.hold();
    const sets = [
      log.cursors.set('tables', planned(0)),
      log.cursors.set('misfits', { position: place(0, 1) }),
    ];
    release();
    await Promise.all(sets);
    const left = decodeCommitMetadata(claim.commits.at(-1)?.metadata ?? '');
    expect(left.get('tables')).toEqual(planned(0));
    expect(left.get('misfits')).toEqual({ position: '1' });
  });

  it('stay as they were where a commit fails, and the next one does not wait for it', async () => {
    const claim = claimInMemory({ written: [a] });
    const { log } = logOn(claim);
    await log.cursors.set('tables', { position: place(0, 1) });
    claim.lose();
    await expect(log.cursors.set('tables', planned(0))).rejects.toThrow('the claim is lost');
    await expect(log.cursors.set('misfits', planned(0))).rejects.toThrow('the claim is lost');
    expect(log.cursors.get('tables')).toEqual({ position: '1' });
    expect(claim.commits).toHaveLength(1);
  });

  it('forget what is in the tables for certain, and nothing that is only planned', async () => {
    const claim = claimInMemory({ written: [a, b, a, b] });
    const { log, asked } = logOn(claim);
    await read(log, 0, 2);
    await log.cursors.set('tables', {
      position: place(0, 1),
      planned: { from: place(0, 1), to: place(0, 2), token: 't' },
    });
    await log.cursors.set('misfits', { position: place(0, 2) });
    await read(log, 2);
    expect(asked).toEqual([['a', 'b'], ['a']]);
  });

  it('fit beside an offset: below 600 bytes at the farthest places of a version of 16 digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4095 }), fc.nat(2 ** 31), (partition, epoch) => {
        const [from, to] = [2 ** 40 - 2, 2 ** 40 - 1].map((number) => place(partition, number));
        const range = { from: from ?? place(0, 0), to: to ?? place(0, 0) };
        const kept = new Map<string, Cursor>([
          [
            'tables',
            {
              position: range.from,
              planned: { ...range, token: `${epoch}@${'f'.repeat(16)}:${from}-${to}` },
            },
          ],
          ['misfits', { position: range.to, planned: { ...range, token: String(2 ** 40) } }],
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
    ['a cursor without a place', '[["tables",{}]]'],
    ['a cursor at no place', '[["tables",{"position":"x"}]]'],
    ['a plan without a token', '[["tables",{"position":"1","planned":{"from":"1","to":"2"}}]]'],
  ])('are none where somebody else left %s', async (_what, metadata) => {
    const { log } = logOn(claimInMemory({ written: [a], committed: { offset: 1, metadata } }));
    expect(log.cursors.get('tables')).toBeUndefined();
    expect(outline(await read(log, 0))).toEqual(['a']);
  });
});

it('waits for a planned range that has not arrived yet, and only for that', async () => {
  const metadata = encodeCommitMetadata(new Map([['tables', planned(0)]]));
  const claim = claimInMemory({
    written: [a, b, { id: 'c' }],
    committed: { offset: 1, metadata },
    arrivedBefore: 1,
  });
  const { log } = logOn(claim);
  const waiting = read(log, 1);
  let isRead = false;
  waiting.then(
    () => (isRead = true),
    () => undefined,
  );
  expect(await read(log, 3)).toEqual([]);
  expect(isRead).toBe(false);
  claim.arrive();
  expect(outline(await waiting)).toEqual(['b', 'c']);
});

it('waits for what lies before the end, until it turns out that nothing does', async () => {
  const claim = claimInMemory({ written: [a] });
  const { log } = logOn(claim);
  claim.tellEnd(2);
  const reading = read(log, 1);
  claim.tellEnd(1);
  expect(await reading).toEqual([]);
  claim.tellEnd(2);
  const lost = read(log, 1);
  claim.lose();
  await expect(lost).rejects.toThrow('the claim is lost');
});

it('stops waiting when the claim is lost, or when nobody wants it any more', async () => {
  const claim = claimInMemory({ partition: 3, written: [a] });
  const { log } = logOn(claim);
  const patience = new AbortController();
  const changed = log.changed(place(3, 1), patience.signal);
  patience.abort(new Error('enough'));
  await expect(changed).rejects.toThrow('enough');
  const lost = log.changed(positionFromText('3:1'));
  claim.lose();
  await expect(lost).rejects.toThrow('the claim is lost');
});

it('finds an event that is on its way, one of the tables, and none of another source', async () => {
  const { log } = logOn(claimInMemory({ written: [b, b] }), [knownAt(7, a)]);
  await read(log, 0);
  expect(await log.find('urn:test', 'b')).toMatchObject({ position: '1', stream: 's', type: 't' });
  expect(await log.find('urn:test', 'b')).not.toHaveProperty('bytes');
  expect(await log.find('urn:test', 'a')).toMatchObject({ position: '7' });
  expect(await log.find('urn:other', 'a')).toBeUndefined();
  expect(await log.find('urn:test', 'c')).toBeUndefined();
});
