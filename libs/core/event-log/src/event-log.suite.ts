import { createHash } from 'node:crypto';
import type { Clock } from '@tributary/kernel';
import { parseEventPosition, formatEventPosition, START } from '@tributary/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventLog } from './event-log.ts';
import { sumOfDigests } from './event-digest.fixture.ts';
import { describeHistories } from './histories.suite.ts';
import type { LogUnderTest, OpenLog } from './log-under-test.fixture.ts';
import { ALL, anEvent, FIXED_TIME, plain, SECOND, uuid } from './log-under-test.fixture.ts';
import { isConflict } from './receipt.ts';

/** What holds of every event log. A log in a topic opens slowly and is tested with fewer histories. */
export function describeEventLog(name: string, open: OpenLog, histories = 40): void {
  describe(`${name}: an event log`, () => {
    const opened: LogUnderTest[] = [];
    const aLog = async (clock: Clock = () => FIXED_TIME): Promise<LogUnderTest> => {
      const made = await open(clock);
      opened.push(made);
      return made;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((made) => made.dispose()));
    });

    describeAppending(aLog);
    describeConflicts(aLog);
    describeReading(aLog);
    describeFollowing(aLog);
    describeHistories(open, histories);
  });
}

type ALog = (clock?: Clock) => Promise<LogUnderTest>;

function describeAppending(aLog: ALog): void {
  it('assigns consecutive positions, and a sequence in each stream', async () => {
    const { log } = await aLog();
    await log.append(
      [1, 2, 3].map((n) => anEvent({ id: uuid(n), stream: `run/${n % 2}` })),
      { atomic: true },
    );
    await log.append([anEvent({ id: uuid(4), stream: 'run/1' })], { atomic: true });
    const events = await log.read(ALL);
    expect(events.map((event) => parseEventPosition(event.position))).toEqual([1, 2, 3, 4]);
    expect(events.map(({ stream, streamSequence }) => [stream, streamSequence])).toEqual([
      ['run/1', 1],
      ['run/0', 1],
      ['run/1', 2],
      ['run/1', 3],
    ]);
    expect(log.head()).toBe('4');
  });

  it('records ascending times when the clock stands still or goes back', async () => {
    let now = FIXED_TIME;
    const { log } = await aLog(() => now);
    for (const [index, seconds] of [0, 0, -1, 1].entries()) {
      now = FIXED_TIME + seconds * SECOND;
      await log.append([anEvent({ id: uuid(index + 1) })], { atomic: true });
    }
    expect((await log.read(ALL)).map((event) => event.recordTime - FIXED_TIME)).toEqual([0, 1, 2, SECOND]);
  });

  it('answers a retry with the first receipt and stores nothing', async () => {
    const made = await aLog();
    const batch = [anEvent({ id: uuid(1) }), anEvent({ id: 'not a UUID', stream: 'é' })];
    const first = await made.log.append(batch, { atomic: true });
    const again = await made.log.append(batch, { atomic: true });
    const later = await (await made.reopen()).append(batch, { atomic: true });
    expect(first).toMatchObject({
      ok: true,
      stored: 2,
      duplicates: 0,
      storedByType: { 'training.steps.recorded': 2 },
    });
    expect(again).toEqual({ ...first, stored: 0, duplicates: 2, storedByType: {} });
    expect(later).toEqual(again);
  });

  it('stores a repeat within a batch once', async () => {
    const { log } = await aLog();
    const appended = await log.append([anEvent(), anEvent()], { atomic: true });
    expect(appended).toMatchObject({ ok: true, stored: 1, duplicates: 1 });
    expect(appended.ok && appended.receipts[0]).toEqual(appended.ok && appended.receipts[1]);
  });

  it('distinguishes ids by source, and texts of every kind', async () => {
    const { log } = await aLog();
    const ids = [
      uuid(0xabc),
      uuid(0xabc).toUpperCase(),
      'a',
      'A',
      '',
      'x'.repeat(3000),
      `${'x'.repeat(3000)}y`,
      '\u0000',
      'é',
      '__proto__',
    ];
    const events = ['one', 'two'].flatMap((source) =>
      ids.map((id) => anEvent({ source, id, text: `${source} ${id}` })),
    );
    expect(await log.append(events, { atomic: true })).toMatchObject({ ok: true, stored: 20 });
    for (const { source, id, bytes } of events) {
      const found = await log.find(source, id);
      expect({ id: found?.id, text: Buffer.from(found?.bytes ?? []).toString() }).toEqual({
        id,
        text: Buffer.from(bytes).toString(),
      });
    }
    expect(await log.verify()).toMatchObject({ ok: true, events: 20, streams: 1 });
  });

  it('refuses text without a UTF-8 form', async () => {
    const { log } = await aLog();
    await expect(log.append([anEvent({ id: '\ud800' })], { atomic: true })).rejects.toMatchObject({
      code: 'event_malformed',
    });
  });

  it('counts events by type', async () => {
    const made = await aLog();
    await made.log.append([anEvent({ id: 'a', type: 'x' }), anEvent({ id: 'b', type: 'y' })], {
      atomic: true,
    });
    await made.log.append([anEvent({ id: 'a', type: 'x' }), anEvent({ id: 'c', type: 'y' })], {
      atomic: true,
    });
    expect(made.log.counts()).toEqual({ x: 1, y: 2 });
    expect((await made.reopen()).counts()).toEqual({ x: 1, y: 2 });
  });

  it('appends nothing of an empty batch', async () => {
    const { log } = await aLog();
    expect(await log.append([], { atomic: true })).toEqual({
      ok: true,
      stored: 0,
      storedByType: {},
      duplicates: 0,
      receipts: [],
    });
  });

  it('appends nothing after it is closed', async () => {
    const { log } = await aLog();
    await log.close();
    await expect(log.append([anEvent()], { atomic: true })).rejects.toMatchObject({ code: 'log_closed' });
  });
}

function describeConflicts(aLog: ALog): void {
  const known = anEvent({ id: uuid(1), text: 'known' });
  const conflicting = anEvent({ id: uuid(1), text: 'other content' });
  const fresh = anEvent({ id: uuid(2) });

  it('stores nothing of an atomic batch with a conflict, and names both hashes', async () => {
    const { log } = await aLog();
    const first = await log.append([known], { atomic: true });
    const refused = await log.append([fresh, conflicting], { atomic: true });
    const receipt = first.ok ? first.receipts[0] : undefined;
    expect(refused).toEqual({
      ok: false,
      conflicts: [
        {
          index: 1,
          source: 'trainer',
          id: uuid(1),
          position: '1',
          knownHash: receipt && !isConflict(receipt) && receipt.hash,
          offeredHash: createHash('sha256').update('other content').digest('hex'),
        },
      ],
    });
    expect(log.head()).toBe('1');
    expect(await log.append([fresh], { atomic: true })).toMatchObject({ ok: true, stored: 1 });
  });

  it('stores the events without conflict of a batch that is not atomic, and lists its conflicts by index', async () => {
    const { log } = await aLog();
    const other = anEvent({ id: uuid(3) });
    await log.append([known, other], { atomic: true });
    const appended = await log.append([conflicting, fresh, other], { atomic: false });
    expect(appended).toMatchObject({ ok: true, stored: 1, duplicates: 1 });
    expect(appended.ok && appended.receipts.map(isConflict)).toEqual([true, false, false]);
    expect(await log.verify()).toMatchObject({ ok: true, events: 3 });
  });

  it.each([true, false])(
    'refuses a batch that holds two contents for one id (atomic: %s)',
    async (atomic) => {
      const { log } = await aLog();
      const refused = await log.append([fresh, known, conflicting], { atomic });
      expect(refused).toMatchObject({ ok: false, conflicts: [{ index: 2, id: uuid(1) }] });
      expect(log.head()).toBe(START);
    },
  );
}

function describeReading(aLog: ALog): void {
  const fifty = Array.from({ length: 50 }, (_, n) =>
    anEvent({ id: uuid(n + 1), stream: `run/${n % 3}`, bytes: Buffer.alloc(5000, n) }),
  );

  it('reads the same events from a reopened log', async () => {
    const made = await aLog();
    await made.log.append(fifty, { atomic: true });
    const before = await made.log.read(ALL);
    const log = await made.reopen();
    expect(plain(await log.read(ALL))).toEqual(plain(before));
    expect(before.map(({ bytes }) => Buffer.from(bytes))).toEqual(fifty.map(({ bytes }) => bytes));
  });

  it('reads a range within its limits of events and bytes, and at least one event', async () => {
    const made = await aLog();
    await made.log.append(fifty, { atomic: true });
    for await (const log of logThenReopened(made)) {
      const positions = async (range: Partial<typeof ALL>): Promise<number[]> =>
        (await log.read({ ...ALL, ...range })).map((event) => parseEventPosition(event.position));
      expect(await positions({ after: formatEventPosition(48) })).toEqual([49, 50]);
      expect(await positions({ after: formatEventPosition(10), limit: 3 })).toEqual([11, 12, 13]);
      expect(await positions({ after: formatEventPosition(10), maxBytes: 12_000 })).toEqual([11, 12]);
      expect(await positions({ after: formatEventPosition(10), maxBytes: 1 })).toEqual([11]);
      expect(await positions({ after: formatEventPosition(50) })).toEqual([]);
    }
  });

  it('reads a stream oldest first, and one event by id or position', async () => {
    const made = await aLog();
    await made.log.append(fifty.slice(0, 20), { atomic: true });
    await made.log.append(fifty.slice(20), { atomic: true });
    for await (const log of logThenReopened(made)) {
      const stream = await log.readStream('run/1');
      expect(stream.map((event) => event.streamSequence)).toEqual(
        Array.from({ length: 17 }, (_, n) => n + 1),
      );
      expect(stream.map((event) => event.id)).toEqual(
        fifty.filter(({ stream: of }) => of === 'run/1').map(({ id }) => id),
      );
      expect(await log.readStream('run/9')).toEqual([]);
      expect((await log.find('trainer', uuid(30)))?.position).toBe('30');
      expect((await log.at(formatEventPosition(30)))?.id).toBe(uuid(30));
      expect(await log.find('trainer', uuid(99))).toBeUndefined();
      expect(await log.find('nobody', uuid(30))).toBeUndefined();
      expect([await log.at(START), await log.at(formatEventPosition(51))]).toEqual([undefined, undefined]);
    }
  });

  it('knows the sum of the digests of its events up to any position', async () => {
    const made = await aLog();
    await made.log.append(fifty, { atomic: true });
    for await (const log of logThenReopened(made)) {
      const events = await log.read(ALL);
      for (const position of [0, 1, 25, 49, 50])
        expect(await log.digestAt(formatEventPosition(position))).toBe(
          sumOfDigests(events.slice(0, position)),
        );
      await expect(log.digestAt(formatEventPosition(51))).rejects.toMatchObject({ code: 'unknown_position' });
    }
  });

  it('finds the last position recorded at or before a time', async () => {
    let now = FIXED_TIME;
    const made = await aLog(() => now);
    for (const event of fifty.slice(0, 9)) {
      now += SECOND;
      await made.log.append([event], { atomic: true });
    }
    for await (const log of logThenReopened(made)) {
      const times = [0, 1, 4.5, 9, 100].map((seconds) => log.positionAt(FIXED_TIME + seconds * SECOND));
      expect(await Promise.all(times)).toEqual(['0', '1', '4', '9', '9']);
    }
  });
}

function describeFollowing(aLog: ALog): void {
  it('wakes a follower when an event after its position is durable', async () => {
    const { log } = await aLog();
    const woken = log.changed(START).then(() => log.head());
    await log.append([anEvent()], { atomic: true });
    expect(await woken).toBe('1');
    await log.changed(START);
  });

  it('rejects a follower that aborts, or when the log closes', async () => {
    const { log } = await aLog();
    const stop = new AbortController();
    const aborted = log.changed(START, stop.signal);
    const waiting = log.changed(START);
    stop.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'log_closed' }), log.close()]);
  });

  it('shows readers durable events only', async () => {
    const { log } = await aLog();
    const seen: number[] = [];
    const appends = Array.from({ length: 40 }, async (_, n) => {
      const appended = await log.append([anEvent({ id: uuid(n + 1) })], { atomic: true });
      const receipt = appended.ok ? appended.receipts[0] : undefined;
      expect(
        receipt &&
          !isConflict(receipt) &&
          parseEventPosition(receipt.position) <= parseEventPosition(log.head()),
      ).toBe(true);
      seen.push((await log.read(ALL)).length - parseEventPosition(log.head()));
    });
    await Promise.all(appends);
    expect(new Set(seen)).toEqual(new Set([0]));
  });

  it('keeps cursors', async () => {
    const made = await aLog();
    const cursor = {
      position: formatEventPosition(3),
      planned: { from: formatEventPosition(4), to: formatEventPosition(9), token: 'steps:1:4-9' },
    };
    await made.log.cursors.set('steps', { position: formatEventPosition(1) });
    await made.log.cursors.set('steps', cursor);
    expect(made.log.cursors.get('steps')).toEqual(cursor);
    const log = await made.reopen();
    expect([log.cursors.get('steps'), log.cursors.get('other')]).toEqual([cursor, undefined]);
  });
}

async function* logThenReopened(made: LogUnderTest): AsyncGenerator<EventLog> {
  yield made.log;
  yield await made.reopen();
}
