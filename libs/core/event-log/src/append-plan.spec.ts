import { formatEventPosition } from '@tributary/kernel';
import { describe, expect, it } from 'vitest';
import { AppendPlan, appendedOf } from './append-plan.ts';
import { appendRequest, sha256 } from './append-request.ts';
import type { NewEvent, RecordedEvent } from './event-log.ts';
import { anEvent } from './log-under-test.fixture.ts';

const a = anEvent({ id: 'a', text: 'one' });
const otherA = anEvent({ id: 'a', text: 'two' });
const b = anEvent({ id: 'b' });

const recorded = (event: NewEvent, position: number): RecordedEvent => ({
  ...event,
  position: formatEventPosition(position),
  hash: sha256(event.bytes),
  streamSequence: position,
  recordTime: position,
});
const request = (events: readonly NewEvent[], atomic = true) => appendRequest(events, atomic);

/** A plan whose pending events may still lose to another process. */
const uncertain = () =>
  new AppendPlan<{ slot: number; hash: string }>((_event, hash, slot) => ({ slot, hash }));

describe('a plan', () => {
  it('stores new events once, and matches repeats of the request and of the group', () => {
    const plan = uncertain();
    expect(plan.add(request([a, b, a]), ['new', 'new', undefined])).toMatchObject({
      from: 0,
      to: 2,
      matches: [{ slot: 0 }, { slot: 1 }, { slot: 0 }],
    });
    expect(plan.add(request([b]), [undefined])).toMatchObject({ from: 2, to: 2, matches: [{ slot: 1 }] });
    expect(plan.events).toEqual([a, b]);
  });

  it('matches a stored event, and refuses an atomic request that conflicts with one', () => {
    const plan = uncertain();
    const stored = recorded(a, 7);
    expect(plan.add(request([a]), [stored])).toMatchObject({ matches: [stored], from: 0, to: 0 });
    expect(plan.add(request([b, otherA]), ['new', stored])).toMatchObject({
      ok: false,
      conflicts: [{ index: 1, id: 'a', position: '7' }],
    });
    expect(plan.events).toEqual([]);
  });

  it('refuses two contents for one id within a request', () => {
    expect(uncertain().add(request([a, otherA], false), ['new', undefined])).toMatchObject({
      ok: false,
      conflicts: [{ index: 1, id: 'a' }],
    });
  });

  it('defers an atomic request that conflicts with an uncertain event of its group', () => {
    const plan = uncertain();
    plan.add(request([a]), ['new']);
    expect(plan.add(request([otherA, b]), [undefined, 'new'])).toBeUndefined();
    expect(plan.add(request([otherA, b], false), [undefined, 'new'])).toMatchObject({ from: 1, to: 2 });
  });

  it('refuses an atomic request that conflicts with a certain event of its group', () => {
    const plan = new AppendPlan<RecordedEvent>((event, _hash, index) => recorded(event, index + 1));
    plan.add(request([a]), ['new']);
    expect(plan.add(request([otherA]), [undefined])).toMatchObject({
      ok: false,
      conflicts: [{ id: 'a', position: '1' }],
    });
  });
});

it('answers with receipts, and with the conflicts of a request that is not atomic', () => {
  const stored = recorded(b, 2);
  const standing = [recorded(a, 1), stored];
  expect(appendedOf(request([otherA, b], false), standing, [stored])).toMatchObject({
    ok: true,
    stored: 1,
    duplicates: 0,
    storedByType: { [b.type]: 1 },
    receipts: [
      { id: 'a', knownHash: sha256(a.bytes) },
      { id: 'b', position: '2' },
    ],
  });
  expect(appendedOf(request([otherA, b]), standing, [stored])).toMatchObject({ ok: false });
});
