import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isConflict } from '@tributary/event-log';
import type { Appended, RecordedEvent } from '@tributary/event-log';
import { eventPosition, formatEventPosition, parseEventPosition, positionFromText } from '@tributary/kernel';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LogInstances, everything, positionBefore } from './log-instances.fixture.ts';
import type { LogInstance } from './log-instances.fixture.ts';
import { event, message, STREAMS } from './streams.fixture.ts';

const missing = brokerUnavailable();
const ATOMIC = { atomic: true };
let instances: LogInstances;
const unique = (): string => `log-instances-${randomUUID()}`;

const poisonMessage = { partition: 0, key: null, value: 'not an event' };

/** Waits until the instances have the same log position. */
const level = async (...open: readonly LogInstance[]): Promise<void> => {
  await expect.poll(() => new Set(open.map(({ log }) => log.head())).size, { interval: 20 }).toBe(1);
};
const ids = (events: readonly RecordedEvent[]) => events.map(({ id, omitted }) => omitted ?? id);
const at = (partition: number, number: number) => formatEventPosition(eventPosition(partition, number));

describe.skipIf(missing)(`instances of a log in a topic${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    instances = new LogInstances(await sharedBroker());
  });
  afterEach(() => instances.closeAll());

  it('give every id one receipt for all clients and retries, list what a refused batch has stored, and have the same log', async () => {
    const name = unique();
    const open = [await instances.open(name), await instances.open(name)] as const;
    const receiptsById = new Map<string, Set<string>>();
    let refusals = 0;
    /** Of each refused batch: how many events its answer lists as stored, and how many the retry finds stored. */
    const listed: (readonly [number, number])[] = [];
    const note = (appended: Appended): void => {
      if (!appended.ok) refusals += 1;
      for (const receipt of appended.ok ? appended.receipts : []) {
        if (isConflict(receipt)) continue;
        const texts = receiptsById.get(receipt.id) ?? new Set();
        receiptsById.set(receipt.id, texts.add(JSON.stringify(receipt)));
      }
    };
    await Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        for (let round = 0; round < 25; round += 1) {
          const instance = open[(client + round) % 2 === 0 ? 0 : 1];
          /* Pairs of clients append the same ids at about the same time, one in five with different content. */
          const batch = [0, 1, 2].map((partition) => {
            const id = `${round}-${client >> 1}-${partition}`;
            return event(id, partition, round % 5 === 0 ? `${id} of ${client}` : id);
          });
          const results = await instance.log.append(batch, { atomic: round % 2 === 0 });
          note(results);
          const again = await open[client % 2 === 0 ? 1 : 0].log.append(batch, { atomic: false });
          note(again);
          if (!results.ok) listed.push([results.stored?.length ?? 0, again.ok ? again.duplicates : NaN]);
        }
      }),
    );
    await level(...open);
    expect(receiptsById.size).toBe(25 * 4 * 3);
    expect([...receiptsById.values()].filter((receipts) => receipts.size !== 1)).toEqual([]);
    expect(refusals).toBeGreaterThan(0);
    expect(listed.filter(([stored, found]) => stored !== found)).toEqual([]);
    const [one, other] = open;
    expect(await everything(one.log)).toEqual(await everything(other.log));
    expect(one.log.counts()).toEqual(other.log.counts());
    expect(one.log.counts()).toEqual({ 'training.steps.recorded': 300 });
    for (const { log } of open) {
      expect(await log.verify()).toEqual({ ok: true, events: 300, streams: 3, head: log.head() });
      for (const stream of STREAMS) {
        const events = await log.readStream(stream);
        expect(events.map(({ streamSequence }) => streamSequence)).toEqual(
          events.map((_, index) => index + 1),
        );
        const positions = events.map(({ position }) => parseEventPosition(position));
        expect(positions).toEqual(positions.toSorted((left, right) => left - right));
        expect(events.every(({ omitted }) => omitted === undefined)).toBe(true);
      }
    }
    for (const receipts of receiptsById.values()) {
      const [text = '{}'] = receipts;
      const { source, id, ...receipt } = JSON.parse(text);
      expect(await other.log.find(source, id)).toMatchObject({
        position: receipt.position,
        hash: receipt.hash,
      });
    }
  });

  it('refuse a batch that conflicts with a concurrent one, and name the position of the conflict', async () => {
    const { log } = await instances.open(unique());
    const results = await Promise.all(
      ['one', 'two', 'three'].map((text) => log.append([event('a', 0, text), event(text, 1)], ATOMIC)),
    );
    expect(results.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(results[1]).toMatchObject({ conflicts: [{ index: 0, id: 'a', position: '1' }] });
    expect(await log.find('trainer', 'two')).toBeUndefined();
  });

  it('fail no request because of another that cannot be written', async () => {
    const { log } = await instances.open(unique());
    const [small, large, other] = await Promise.allSettled([
      log.append([event('small')], ATOMIC),
      log.append([event('large', 1, 'x'.repeat(3_000_000))], ATOMIC),
      log.append([event('other', 2)], ATOMIC),
    ]);
    expect(small).toMatchObject({ status: 'fulfilled', value: { ok: true } });
    expect(other).toMatchObject({ status: 'fulfilled', value: { ok: true } });
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'record_too_large' } });
    expect(log.counts()).toEqual({ 'training.steps.recorded': 2 });
  });

  it('complete appends in flight when they are closed, and accept no more', async () => {
    const name = unique();
    const instance = await instances.open(name);
    const inFlight = Array.from({ length: 20 }, (_, number) =>
      instance.log.append([event(`${number}`, number % 3)], ATOMIC),
    );
    await pause(2);
    const closing = instance.close();
    const late = instance.log.append([event('late')], ATOMIC);
    await expect(late).rejects.toMatchObject({ code: 'log_closed' });
    expect((await Promise.all(inFlight)).map(({ ok }) => ok)).toEqual(Array.from({ length: 20 }, () => true));
    await closing;
    await expect(instance.log.find('trainer', '1')).rejects.toMatchObject({ code: 'log_closed' });
    await expect(instance.log.changed(positionBefore(0))).rejects.toMatchObject({ code: 'log_closed' });
    const again = await instances.open(name, { directory: instance.directory });
    expect(again.log.counts()).toEqual({ 'training.steps.recorded': 20 });
    expect(await again.log.verify()).toMatchObject({ ok: true, events: 20 });
  });

  it('fill an empty directory with the same log', async () => {
    const name = unique();
    const first = await instances.open(name);
    for (let round = 0; round < 10; round += 1)
      await first.log.append(
        [0, 1, 2].map((partition) => event(`${round}-${partition}`, partition)),
        ATOMIC,
      );
    const missingOnes: number[] = [];
    const second = await instances.open(name, { onProgress: (left) => void missingOnes.push(left) });
    expect(second.log.head()).toBe('10,10,10');
    expect(missingOnes.at(-1)).toBe(0);
    expect(await everything(second.log)).toEqual(await everything(first.log));
    const appended = await second.log.append([event('3-1', 1)], ATOMIC);
    expect(appended).toMatchObject({ ok: true, stored: 0, duplicates: 1, receipts: [{ position: '1:4' }] });
  });

  it('omit records of other producers that are not events or repeat one', async () => {
    const name = unique();
    const open = [await instances.open(name), await instances.open(name)];
    const { producer } = await instances.foreignClient();
    const messages = [
      poisonMessage,
      message(event('a')),
      message(event('a')),
      message(event('a', 0, 'other')),
      message(event('', 0)),
      message({ ...event('1'), source: '' }),
      message({ ...event('2'), source: 'log:omitted' }),
    ];
    await producer.send({ topic: name, messages: [...messages] });
    await expect.poll(() => open[0]?.log.head()).toBe('7,0,0');
    await level(...open);
    for (const { log } of open) {
      const events = await log.read({ after: positionBefore(0), limit: 100, maxBytes: 1000 });
      expect(ids(events)).toEqual(['refused', 'a', 'duplicate', 'conflict', '', 'refused', '2']);
      expect(log.counts()).toEqual({ 'training.steps.recorded': 3 });
      expect(await log.verify()).toMatchObject({ ok: true, events: 3, streams: 1 });
      expect(await log.at(at(0, 1))).toBeUndefined();
      expect(await log.at(at(0, 2))).toMatchObject({ id: 'a', streamSequence: 1 });
    }
  });

  it('ignore the times of records that are not events', async () => {
    const name = unique();
    const instance = await instances.open(name, { clock: () => 1_000_000 });
    const { producer } = await instances.foreignClient();
    const future = String(Date.now() + 3_000_000);
    await producer.send({ topic: name, messages: [{ ...poisonMessage, timestamp: future }] });
    await expect.poll(() => instance.log.head()).toBe('1,0,0');
    const appended = await instance.log.append([event('a')], ATOMIC);
    expect(appended).toMatchObject({ receipts: [{ recordTime: '1970-01-01T00:00:01.000000Z' }] });
  });

  it('read over transactions, whose markers are gaps, and open on a topic that ends with one', async () => {
    const name = unique();
    const first = await instances.open(name);
    const { producer } = await instances.foreignClient(`${name}-transactions`);
    const send = async (id: string, done: 'commit' | 'abort'): Promise<void> => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: name, messages: [message(event(id))] });
      await transaction[done]();
    };
    await send('a', 'commit');
    await send('given up', 'abort');
    await expect.poll(() => first.log.head()).toBe('1,0,0');
    const second = await instances.open(name);
    expect(second.log.head()).toBe('1,0,0');
    await send('b', 'commit');
    await second.log.append([event('c')], ATOMIC);
    await level(first, second);
    for (const { log } of [first, second]) {
      const events = await log.read({ after: positionBefore(0), limit: 100, maxBytes: 1000 });
      /* The broker writes markers asynchronously, so the number before `c` varies. */
      expect(ids(events).slice(0, 5)).toEqual(['a', 'gap', 'gap', 'gap', 'b']);
      expect(ids(events.slice(5)).filter((one) => one !== 'gap')).toEqual(['c']);
      expect(await log.verify()).toMatchObject({ ok: true, events: 3 });
    }
  });

  it('answer reads across partitions by position', async () => {
    const name = unique();
    let now = 1_000_000;
    const { log } = await instances.open(name, { clock: () => now });
    for (const [index, partition] of [0, 1, 2, 1].entries()) {
      now = 1_000_000 * (index + 1);
      await log.append([event(`${index}`, partition)], ATOMIC);
    }
    expect(log.head()).toBe('1,2,1');
    expect(await log.at(at(1, 2))).toMatchObject({ id: '3', position: '1:2' });
    expect(await log.at(at(1, 3))).toBeUndefined();
    expect(await log.at(positionFromText('7:1'))).toBeUndefined();
    expect(await log.at(positionFromText('nowhere'))).toBeUndefined();
    expect(await log.find('trainer', '2')).toMatchObject({ position: '2:1' });
    expect(ids(await log.readStream(STREAMS[1] ?? ''))).toEqual(['1', '3']);
    expect(await log.readStream('nobody')).toEqual([]);
    expect(await log.positionAt(999_999)).toBe('0,0,0');
    expect(await log.positionAt(2_000_000)).toBe('1,1,0');
    expect(await log.positionAt(3_999_999)).toBe('1,1,1');
    expect(ids(await log.read({ after: at(1, 1), limit: 9, maxBytes: 9 }))).toEqual(['3']);
    await expect(log.read({ after: at(3, 0), limit: 1, maxBytes: 1 })).rejects.toMatchObject({
      code: 'unknown_position',
    });
    await expect(log.changed(log.head())).rejects.toMatchObject({ code: 'unknown_position' });

    const changes: number[] = [];
    const leave = new AbortController();
    const following = [0, 1, 2].map((partition) =>
      log.changed(at(partition, partition === 1 ? 2 : 1), leave.signal).then(
        () => changes.push(partition),
        () => undefined,
      ),
    );
    await log.append([event('next', 2)], ATOMIC);
    await expect.poll(() => changes).toEqual([2]);
    leave.abort();
    await Promise.all(following);
  });

  it('refuse a directory of another topic, and a topic with more partitions than it had', async () => {
    const [name, other] = [unique(), unique()];
    const first = await instances.open(name);
    await first.log.append([event('a')], ATOMIC);
    await first.close();
    await expect(instances.open(other, { directory: first.directory })).rejects.toMatchObject({
      code: 'wrong_cluster',
      message: expect.stringContaining(name),
    });
    const { admin } = await instances.foreignClient();
    await admin.createPartitions({ topicPartitions: [{ topic: name, count: 4 }] });
    /* The answer may come before the broker names the new partition. */
    const partitions = async (): Promise<number | undefined> =>
      (await admin.fetchTopicMetadata({ topics: [name] })).topics[0]?.partitions.length;
    await expect.poll(partitions).toBe(4);
    await expect(instances.open(name, { directory: first.directory })).rejects.toMatchObject({
      code: 'partitions_changed',
      message: expect.stringContaining('had 3 partitions and has 4'),
    });
  });

  it('refuse a topic that has lost records: at its beginning, at its end, or as a whole', async () => {
    const name = unique();
    const first = await instances.open(name);
    for (const id of ['a', 'b', 'c']) await first.log.append([event(id, 1)], ATOMIC);
    await first.close();
    const { admin } = await instances.foreignClient();
    await admin.fetchTopicOffsets(name);
    await admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 1, offset: '2' }] });
    await expect(instances.open(name)).rejects.toMatchObject({ code: 'log_truncated' });
    const held = await instances.open(name, { directory: first.directory });
    expect(ids(await held.log.readStream(STREAMS[1] ?? ''))).toEqual(['a', 'b', 'c']);
    await held.close();

    await admin.deleteTopics({ topics: [name] });
    await expect.poll(async () => (await admin.listTopics()).includes(name)).toBe(false);
    await expect(instances.open(name, { directory: first.directory })).rejects.toMatchObject({
      code: 'log_too_short',
      message: expect.stringContaining('ends at offset 0, but this process has replicated 3 records'),
    });
    rmSync(first.directory, { recursive: true });
    const fresh = await instances.open(name, { directory: first.directory });
    expect(fresh.log.head()).toBe('0,0,0');
  });

  it.each([1, 2, 4])(
    'take, store and know nothing once their topic was recreated while they run, with %i records instead of 2',
    async (records) => {
      const name = unique();
      const running = await instances.open(name, { appendTimeout: 1_500 });
      for (const id of ['a', 'b']) await running.log.append([event(id, 1)], ATOMIC);
      const { admin } = await instances.foreignClient();
      await admin.deleteTopics({ topics: [name] });
      await expect.poll(async () => (await admin.listTopics()).includes(name)).toBe(false);
      const repeat = (): Promise<unknown> =>
        running.log.append([event('a', 1)], ATOMIC).then(
          () => 'known',
          (fault: unknown) => Object(fault).code,
        );
      await expect.poll(repeat).toBe('log_overdue');
      const repeated = repeat();
      const other = await instances.open(name);
      for (let n = 0; n < records; n += 1) await other.log.append([event(`other ${n}`, 1)], ATOMIC);
      const codes = () => [running.log.fault(), running.log.dead()].map((fault) => Object(fault).code);
      await expect
        .poll(codes)
        .toEqual(records < 2 ? ['offset_out_of_range', undefined] : ['log_replaced', 'log_replaced']);
      expect(['log_overdue', 'log_replaced']).toContain(await repeated);
      for (const [id, partition] of [['a', 1] as const, ['new', 1] as const, ['elsewhere', 0] as const])
        await expect(running.log.append([event(id, partition)], ATOMIC)).rejects.toMatchObject({
          code: 'log_replaced',
          retryable: true,
        });
      expect(running.log.counts()).toEqual({ 'training.steps.recorded': 2 });
      expect(other.log.counts()).toEqual({ 'training.steps.recorded': records });
      for (let n = records; n < 4; n += 1) await other.log.append([event(`other ${n}`, 1)], ATOMIC);
      await expect.poll(codes).toEqual(['log_replaced', 'log_replaced']);
    },
  );

  it('go on after an interruption where the topic is still the same', async () => {
    const name = unique();
    const [one, other] = [await instances.open(name), await instances.open(name)];
    await one.log.append([event('a', 1), event('a', 1, 'again')], { atomic: false });
    const { admin } = await instances.foreignClient();
    await admin.fetchTopicOffsets(name);
    await other.log.append([event('b', 1), event('c', 2)], ATOMIC);
    await level(one, other);
    expect([one.log.fault(), one.log.dead()]).toEqual([undefined, undefined]);
    expect(await one.log.append([event('b', 1), event('c', 2)], ATOMIC)).toMatchObject({ duplicates: 2 });
  });

  it('refuse a recreated topic with as many records or more', async () => {
    const name = unique();
    const first = await instances.open(name);
    for (const id of ['a', 'b']) await first.log.append([event(id, 1)], ATOMIC);
    await first.close();
    const same = await instances.open(name, { directory: first.directory });
    await same.close();
    const { admin } = await instances.foreignClient();
    await admin.deleteTopics({ topics: [name] });
    await expect.poll(async () => (await admin.listTopics()).includes(name)).toBe(false);
    const other = await instances.open(name);
    for (const id of ['c', 'd']) await other.log.append([event(id, 1)], ATOMIC);
    await expect(instances.open(name, { directory: first.directory })).rejects.toMatchObject({
      code: 'log_replaced',
      message: expect.stringContaining('partition 1 holds another record at offset 1'),
    });
    await other.log.append([event('e', 1)], ATOMIC);
    await expect(instances.open(name, { directory: first.directory })).rejects.toMatchObject({
      code: 'log_replaced',
    });
    expect(await other.log.verify()).toMatchObject({ ok: true, events: 3 });
  });
});
