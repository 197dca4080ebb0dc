import { Fault, formatEventPosition } from '@tributary/kernel';
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
      find: (source: string, id: string) => Promise.resolve(find(source, id)),
      write: (events: readonly NewEvent[]) => {
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
  const appender = new IdempotentAppender(on.state, maxBytes);
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

it('rejects a group with a retryable fault when its outcome is unknown, and continues', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on);
  on.seen.fault = new Fault('broker_unreachable', 'no broker', { retryable: true });
  const settled = await Promise.allSettled([submit([a]), submit([b])]);
  for (const one of settled)
    expect(one).toMatchObject({
      status: 'rejected',
      reason: { code: 'log_write_failed', retryable: true, message: expect.stringContaining('no broker') },
    });
  on.seen.fault = undefined;
  expect(await submit([a])).toMatchObject({ ok: true, stored: 1 });
});

it('closes a group at its size limit', async () => {
  const on = topicInMemory();
  const submit = appenderOf(on, 100);
  const many = Array.from({ length: 6 }, (_, number) => anEvent({ id: `${number}`, text: 'x'.repeat(60) }));
  expect((await Promise.all(many.map((one) => submit([one])))).map(({ ok }) => ok)).not.toContain(false);
  expect(on.seen.writes).toBe(3);
});

it('ends at its deadline where what was written is never read back, and says that a retry is safe', async () => {
  const { state } = topicInMemory();
  const written: NewEvent[] = [];
  const write = (events: readonly NewEvent[]) => {
    written.push(...events);
    return new Promise<never>(() => undefined);
  };
  const appender = new IdempotentAppender({ ...state, write }, 1000);
  const append = (id: string) =>
    withDeadline(20, (overdue) => appender.append(appendRequest([anEvent({ id })], true), overdue));
  const overdue = { code: 'log_overdue', retryable: true, message: expect.stringMatching(/unknown.*again/) };
  await expect(append('first')).rejects.toMatchObject(overdue);
  await expect(append('second')).rejects.toMatchObject(overdue);
  expect(written.map(({ id }) => id)).toEqual(['first']);
});
