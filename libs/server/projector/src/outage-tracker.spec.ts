import { Fault } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';
import { describe, expect, it } from 'vitest';
import { OutageTracker, retryingSink } from './outage-tracker.ts';

const away = new Fault('engine_unreachable', 'no server', { retryable: true });
const refused = new Fault('engine_refused', 'no such table');

/** An absence whose pauses pass at once, or when they are told to. */
function watched(passing?: Promise<unknown>) {
  const told: unknown[] = [];
  const pauses: number[] = [];
  let retries = 0;
  let now = 100;
  const absence = new OutageTracker({
    now: () => (now += 1),
    retried: () => void (retries += 1),
    changed: (fault) => void told.push(fault),
    sleep: async (millis, signal) => {
      pauses.push(millis);
      const lost = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      await (passing === undefined ? Promise.resolve() : Promise.race([passing, lost]));
    },
  });
  return { absence, told, pauses, retries: () => retries };
}

/** Fails as often as there are faults, then answers. */
const failing = (...faults: unknown[]) => {
  let calls = 0;
  const work = (): Promise<string> => {
    calls += 1;
    return calls <= faults.length ? Promise.reject(faults[calls - 1]) : Promise.resolve('done');
  };
  return { work, calls: () => calls };
};

const alive = () => new AbortController().signal;

describe('an engine that is away', () => {
  it('is asked again, more and more seldom, until it is back, and both is told once', async () => {
    const { absence, told, pauses, retries } = watched();
    const { work } = failing(...Array.from({ length: 8 }, () => away));
    expect(await absence.retry(work, alive())).toBe('done');
    expect(pauses).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    expect([told, retries(), absence.current()]).toEqual([[away, undefined], 8, undefined]);
  });

  it('is away since it failed first, with what it said last', async () => {
    const { absence } = watched();
    const last = new Fault('engine_unreachable', 'still no server', { retryable: true });
    const seen: unknown[] = [];
    const { work } = failing(away, last);
    await absence.retry(() => (seen.push(absence.current()), work()), alive());
    expect(seen).toEqual([undefined, { since: 101, fault: away }, { since: 101, fault: last }]);
  });

  it('is not asked any more once the claim is lost, and is not said to be away by nobody', async () => {
    const { absence, told, pauses } = watched(new Promise(() => undefined));
    const life = new AbortController();
    const { work, calls } = failing(away, away);
    const outlasting = absence.retry(work, life.signal).catch((error: unknown) => error);
    await expect.poll(() => pauses).toEqual([200]);
    expect(absence.current()).toMatchObject({ fault: away });
    life.abort(new Error('the claim is lost'));
    expect(await outlasting).toMatchObject({ message: 'the claim is lost' });
    expect([calls(), absence.current(), told]).toEqual([1, undefined, [away]]);
  });

  it('is still away for the others when one of them has lost its claim', async () => {
    let pass = (): void => undefined;
    const { absence, pauses } = watched(new Promise<void>((resolve) => (pass = resolve)));
    const life = new AbortController();
    const first = absence.retry(failing(away, away).work, life.signal).catch(() => 'lost');
    const second = absence.retry(failing(away).work, alive());
    await expect.poll(() => pauses).toEqual([200, 200]);
    life.abort();
    expect(await first).toBe('lost');
    expect(absence.current()).toMatchObject({ fault: away });
    pass();
    expect(await second).toBe('done');
    expect(absence.current()).toBeUndefined();
  });

  it.each([
    ['refuses the rows', refused],
    ['fails as nobody foresaw', new TypeError('x')],
  ])('is no longer away when it %s, and that is thrown', async (_what, fault) => {
    const { absence } = watched();
    const { work, calls } = failing(away, fault);
    await expect(absence.retry(work, alive())).rejects.toBe(fault);
    expect([calls(), absence.current()]).toEqual([2, undefined]);
  });
});

it('begins nothing for a claim that is lost: a new owner has the partition', async () => {
  const { absence, told } = watched();
  const asked: string[] = [];
  const note = (what: string) => () => Promise.resolve(void asked.push(what));
  const inner: Sink<string> = {
    openBlock: () => Promise.reject(new Error('not asked for')),
    insert: note('insert'),
    empty: note('empty'),
  };
  const life = new AbortController();
  const sink = retryingSink(inner, absence, life.signal);
  await sink.insert({ token: 't', block: 'b' });
  life.abort(new Error('the claim is lost'));
  await expect(sink.insert({ token: 't', block: 'b' })).rejects.toThrow('the claim is lost');
  expect([asked, told]).toEqual([['insert'], []]);
});
