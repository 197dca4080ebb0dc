import { Fault, formatEventPosition } from '@tributary/kernel';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { NewEvent, RecordedEvent } from '../event-log.ts';
import { anEvent } from '../log-under-test.fixture.ts';
import { appendRequest, sha256 } from '../append-request.ts';
import { withDeadline } from '../deadline.ts';
import { IdempotentAppender } from './idempotent-appender.ts';

/** A topic as an appender sees it: an id that is written again becomes an omission. */
function topicInMemory() {
  const records: RecordedEvent[] = [];
  const seen = { writes: 0, fault: undefined as unknown, others: [] as NewEvent[] };
  const find = (source: string, id: string) =>
    records.find((one) => one.source === source && one.id === id && one.omitted === undefined);
  const put = (event: NewEvent): RecordedEvent => {
    const hash = sha256(event.bytes);
    const known = find(event.source, event.id);
    const position = formatEventPosition(records.length + 1);
    const recorded = { ...event, hash, position, streamSequence: 1, recordTime: records.length };
    const omitted = known && (known.hash === hash ? 'duplicate' : 'conflict');
    records.push(omitted ? { ...recorded, id: '', omitted } : recorded);
    return records.at(-1) ?? recorded;
  };
  return {
    seen,
    records,
    state: {
      name: 'events',
      partitions: 2,
      partitionOf: ({ stream }: NewEvent) => (stream === 'run/2' ? 1 : 0),
      find: (source: string, id: string) => Promise.resolve(find(source, id)),
      requireRoom: (events: readonly NewEvent[]) => {
        if (events.some(({ bytes }) => bytes.length > 3000)) throw new Fault('record_too_large', 'too large');
      },
      write: (_: number, events: readonly NewEvent[]) => {
        seen.writes += 1;
        /* Another process writes at the same time, and is first. */
        for (const event of seen.others.splice(0)) put(event);
        if (seen.fault !== undefined) return Promise.reject(seen.fault);
        if (events.some(({ bytes }) => bytes.length > 1000))
          return Promise.reject(new Fault('record_too_large', 'too large'));
        return Promise.resolve(events.map(put));
      },
    },
  };
}

const appenderOf = (on: ReturnType<typeof topicInMemory>, maxBytes = 10_000) => {
  const appender = new IdempotentAppender(on.state, { maxBytes });
  return (events: readonly NewEvent[], atomic = true) => appender.append(appendRequest(events, atomic));
};
const a = anEvent({ id: 'a', text: 'one' });
const otherA = anEvent({ id: 'a', text: 'two' });
const b = anEvent({ id: 'b' });

it('writes requests that wait in one group, and each id once', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  const [first, second] = await Promise.all([submit([a, b]), submit([b, a])]);
  expect(on.seen.writes).toBe(1);
  expect(first).toMatchObject({ ok: true, stored: 2, duplicates: 0 });
  expect(second).toMatchObject({ ok: true, stored: 0, duplicates: 2, storedByType: {} });
  expect(first.ok && second.ok && first.receipts[0]).toEqual(first.ok && second.ok && second.receipts[1]);
});

it('answers with the event that another process wrote first, and counts nothing as stored', async () => {
  const on = topicInMemory();
  on.seen.others.push(a);
  expect(await appenderOf(on)([a])).toMatchObject({
    ok: true,
    stored: 0,
    duplicates: 1,
    receipts: [{ id: 'a', position: '1' }],
  });
  expect(on.records.map(({ omitted }) => omitted)).toEqual([undefined, 'duplicate']);
});

it('refuses an event that another process wrote first with other content, and lists what was stored', async () => {
  const on = topicInMemory();
  on.seen.others.push(otherA);
  expect(await appenderOf(on)([a, b])).toMatchObject({
    ok: false,
    conflicts: [{ index: 0, id: 'a', position: '1', knownHash: sha256(otherA.bytes) }],
    stored: [{ id: 'b', position: '3' }],
  });
  expect(await appenderOf(on)([a, anEvent({ id: 'c' })])).toEqual({
    ok: false,
    conflicts: [expect.objectContaining({ id: 'a' })],
  });
});

it('decides a batch by the outcome of a conflicting request of its group', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  on.seen.others.push(otherA);
  const [first, second] = await Promise.all([submit([a]), submit([otherA, b])]);
  expect(first).toMatchObject({ ok: false, conflicts: [{ position: '1' }] });
  expect(second).toMatchObject({
    ok: true,
    stored: 1,
    duplicates: 1,
    receipts: [{ position: '1' }, { id: 'b' }],
  });
});

it('names the position of a conflict within its group, and stores the other events of a batch that is not atomic', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  const [, atomic, loose] = await Promise.all([submit([a]), submit([otherA, b]), submit([otherA, b], false)]);
  expect(atomic).toMatchObject({ ok: false, conflicts: [{ index: 0, position: '1' }] });
  expect(loose).toMatchObject({ ok: true, stored: 1, receipts: [{ position: '1' }, { id: 'b' }] });
});

it('fails no request because of another that cannot be written', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  const large = anEvent({ id: 'large', text: 'x'.repeat(2000) });
  const settled = await Promise.allSettled([submit([a]), submit([large]), submit([b]), submit([a])]);
  expect(settled).toMatchObject([
    { status: 'fulfilled', value: { stored: 1 } },
    { status: 'rejected', reason: { code: 'record_too_large', retryable: false } },
    { status: 'fulfilled', value: { stored: 1 } },
    { status: 'fulfilled', value: { stored: 0, duplicates: 1 } },
  ]);
});

it('stores nothing of a request with an event that can never be written, and answers what is stored already', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  const never = anEvent({ id: 'never', stream: 'run/2', text: 'x'.repeat(4000) });
  await expect(submit([a, never], false)).rejects.toMatchObject({ code: 'record_too_large' });
  expect(on.records).toEqual([]);
  on.seen.others.push(never);
  await submit([b]);
  expect(await submit([never])).toMatchObject({ ok: true, duplicates: 1 });
});

it('rejects a group with a retryable fault when its outcome is unknown, and continues', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  on.seen.fault = new Fault('broker_unreachable', 'no broker', { retryable: true });
  const settled = await Promise.allSettled([submit([a]), submit([b])]);
  for (const one of settled)
    expect(one).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'partition_unavailable',
        retryable: true,
        message: expect.stringMatching(/partition 0 of topic events .*no broker.*none is stored twice/),
      },
    });
  on.seen.fault = undefined;
  expect(await submit([a])).toMatchObject({ ok: true, stored: 1 });
});

it('closes a group at its size limit', async () => {
  const on = topicInMemory();
  const many = Array.from({ length: 6 }, (_, number) => anEvent({ id: `${number}`, text: 'x'.repeat(60) }));
  const submit = appenderOf(on, appendRequest(many.slice(0, 2), true).bytes);
  expect((await Promise.all(many.map((one) => submit([one])))).map(({ ok }) => ok)).not.toContain(false);
  expect(on.seen.writes).toBe(3);
});

/** A topic whose partition 1 answers nothing until it is healed. */
function stuckTopic() {
  const on = topicInMemory();
  let heal = (): void => undefined;
  const healed = new Promise<void>((resolve) => (heal = resolve));
  const sent: string[][] = [[], []];
  const write = async (partition: number, events: readonly NewEvent[]) => {
    sent[partition]?.push(...events.map(({ id }) => id));
    if (partition === 1) await healed;
    return on.state.write(partition, events);
  };
  return { sent, heal, records: on.records, state: { ...on.state, write } };
}
const inStuck = (id: string, text = id): NewEvent => anEvent({ id, text, stream: 'run/2' });

it('answers requests to other partitions while one is stuck, and ends those that need it at their deadline', async () => {
  const { state, sent, heal, records } = stuckTopic();
  const appender = new IdempotentAppender(state, { maxBytes: 1000 });
  const append = (...events: NewEvent[]) =>
    withDeadline(20, (overdue) => appender.append(appendRequest(events, true), overdue));
  const overdue = {
    code: 'log_overdue',
    retryable: true,
    message: expect.stringMatching(/^partition 1 of topic events did not answer: .*unknown.*again/),
    stored: [],
  };
  const stuck = [append(inStuck('first')), append(inStuck('second'))];
  expect(await append(a)).toMatchObject({ ok: true, stored: 1 });
  const both = append(b, inStuck('third'));
  expect(await append(a, b)).toMatchObject({ ok: true, stored: 0, duplicates: 2 });
  for (const one of stuck) await expect(one).rejects.toMatchObject(overdue);
  await expect(both).rejects.toMatchObject({
    code: 'log_overdue',
    stored: [{ id: 'b' }],
    message: expect.stringContaining('1 of the 2 events of this request are stored'),
  });
  const unending = new IdempotentAppender(state, { maxBytes: 1000 });
  heal();
  await appender.quiet();
  expect(await unending.append(appendRequest([b, inStuck('third'), inStuck('first')], true))).toMatchObject({
    stored: 1,
    duplicates: 2,
  });
  /* 'third' was not sent yet when its request ended, so only its repeat has sent it. */
  expect(sent).toEqual([
    ['a', 'b'],
    ['first', 'second', 'third'],
  ]);
  expect(records.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'first', 'second', 'third']);
});

it('refuses at once what needs a partition that has been stuck for too long with as much waiting as a group takes, and is ready again when it answers', async () => {
  const { state, heal } = stuckTopic();
  let now = 0;
  const appender = new IdempotentAppender(state, { maxBytes: 20, timeout: 30_000, now: () => now });
  const append = (...events: NewEvent[]) => appender.append(appendRequest(events, false));
  const first = append(inStuck('first'));
  expect(await append(a)).toMatchObject({ stored: 1 });
  expect(appender.stuck()).toBeUndefined();
  now = 31_000;
  const unavailable = {
    code: 'partition_unavailable',
    retryable: true,
    message: expect.stringMatching(/partition 1 of topic events has confirmed no event for 31 s/),
  };
  expect(appender.stuck()).toMatchObject(unavailable);
  const second = append(inStuck('second, which still waits'));
  await turn();
  await expect(append(b, inStuck('third'))).rejects.toMatchObject({ ...unavailable, stored: [] });
  expect(await append(b)).toMatchObject({ stored: 1, duplicates: 0 });
  heal();
  for (const one of [first, second]) expect(await one).toMatchObject({ stored: 1 });
  expect(appender.stuck()).toBeUndefined();
  expect(await append(b, inStuck('third'))).toMatchObject({ stored: 1, duplicates: 1 });
});

it('gives an id that is in flight one receipt, and lets no conflict with a stuck partition hold up another', async () => {
  const { state, heal } = stuckTopic();
  const appender = new IdempotentAppender(state, { maxBytes: 1000 });
  const append = (...events: NewEvent[]) => appender.append(appendRequest(events, true));
  const first = append(inStuck('a'));
  const again = append(inStuck('a'));
  const conflicting = append(anEvent({ id: 'a', text: 'other' }), b);
  expect(await append(anEvent({ id: 'c' }))).toMatchObject({ stored: 1 });
  heal();
  const [one, two, three] = await Promise.all([first, again, conflicting]);
  expect([one.ok && one.receipts, one]).toEqual([
    two.ok && two.receipts,
    expect.objectContaining({ stored: 1 }),
  ]);
  expect(three).toMatchObject({ ok: false, conflicts: [{ id: 'a', position: one.ok && '2' }] });
  expect(await state.find('trainer', 'b')).toBeUndefined();
});
