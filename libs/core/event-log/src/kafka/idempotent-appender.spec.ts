import { Fault, formatEventPosition } from '@tributary/kernel';
import { expect, it } from 'vitest';
import type { NewEvent, RecordedEvent } from '../event-log.ts';
import { anEvent } from '../log-under-test.fixture.ts';
import { appendRequest, sha256 } from '../append-request.ts';
import { IdempotentAppender } from './idempotent-appender.ts';

/** A topic as a door sees it: an id that is written again leaves its place empty. */
function ground() {
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
    ground: {
      find: (source: string, id: string) => Promise.resolve(find(source, id)),
      write: (events: readonly NewEvent[]) => {
        seen.writes += 1;
        /* Another door writes at the same moment, and comes first. */
        for (const event of seen.others.splice(0)) put(event);
        if (seen.fault !== undefined) return Promise.reject(seen.fault);
        if (events.some(({ bytes }) => bytes.length > 1000))
          return Promise.reject(new Fault('record_too_large', 'too large'));
        return Promise.resolve(events.map(put));
      },
    },
  };
}

const appenderOn = (on: ReturnType<typeof ground>, maxBytes = 10_000) => {
  const appender = new IdempotentAppender(on.ground, maxBytes);
  return (events: readonly NewEvent[], atomic = true) => appender.append(appendRequest(events, atomic));
};
const a = anEvent({ id: 'a', text: 'one' });
const otherA = anEvent({ id: 'a', text: 'two' });
const b = anEvent({ id: 'b' });

it('writes what waits together at once, and each id once', async () => {
  const on = ground();
  const submit = appenderOn(on);
  const [first, second] = await Promise.all([submit([a, b]), submit([b, a])]);
  expect(on.seen.writes).toBe(1);
  expect(first).toMatchObject({ ok: true, stored: 2, duplicates: 0 });
  expect(second).toMatchObject({ ok: true, stored: 0, duplicates: 2, storedByType: {} });
  expect(first.ok && second.ok && first.receipts[0]).toEqual(first.ok && second.ok && second.receipts[1]);
});

it('answers with what another door has written first, and says that it stored nothing', async () => {
  const on = ground();
  on.seen.others.push(a);
  expect(await appenderOn(on)([a])).toMatchObject({
    ok: true,
    stored: 0,
    duplicates: 1,
    receipts: [{ id: 'a', position: '1' }],
  });
  expect(on.records.map(({ omitted }) => omitted)).toEqual([undefined, 'duplicate']);
});

it('refuses what another door has written first with other content', async () => {
  const on = ground();
  on.seen.others.push(otherA);
  expect(await appenderOn(on)([a, b])).toMatchObject({
    ok: false,
    conflicts: [{ index: 0, id: 'a', position: '1', knownHash: sha256(otherA.bytes) }],
  });
});

it('judges a batch by what became of its rival in the same group, not by what that was to become', async () => {
  const on = ground();
  const submit = appenderOn(on);
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

it('names the place of a rival of the same group, and stores the others of a batch that is not atomic', async () => {
  const on = ground();
  const submit = appenderOn(on);
  const [, atomic, loose] = await Promise.all([submit([a]), submit([otherA, b]), submit([otherA, b], false)]);
  expect(atomic).toMatchObject({ ok: false, conflicts: [{ index: 0, position: '1' }] });
  expect(loose).toMatchObject({ ok: true, stored: 1, receipts: [{ position: '1' }, { id: 'b' }] });
});

it('lets no request fail for another that cannot be written', async () => {
  const on = ground();
  const submit = appenderOn(on);
  const large = anEvent({ id: 'large', text: 'x'.repeat(2000) });
  const settled = await Promise.allSettled([submit([a]), submit([large]), submit([b]), submit([a])]);
  expect(settled).toMatchObject([
    { status: 'fulfilled', value: { stored: 1 } },
    { status: 'rejected', reason: { code: 'record_too_large', retryable: false } },
    { status: 'fulfilled', value: { stored: 1 } },
    { status: 'fulfilled', value: { stored: 0, duplicates: 1 } },
  ]);
});

it('tells all of a group to try again where nobody knows what was written, and goes on afterwards', async () => {
  const on = ground();
  const submit = appenderOn(on);
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

it('leaves to the next group what makes this one too large', async () => {
  const on = ground();
  const submit = appenderOn(on, 100);
  const many = Array.from({ length: 6 }, (_, number) => anEvent({ id: `${number}`, text: 'x'.repeat(60) }));
  expect((await Promise.all(many.map((one) => submit([one])))).map(({ ok }) => ok)).not.toContain(false);
  expect(on.seen.writes).toBe(3);
});
