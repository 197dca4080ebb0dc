import { Fault } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';
import { describe, expect, it } from 'vitest';
import { OVERDUE_MILLIS, OutageTracker } from './outage-tracker.ts';
import { retryingSink } from './retrying-sink.ts';

const unavailable = new Fault('engine_unreachable', 'no server', { retryable: true });
const refused = new Fault('engine_refused', 'no such table');

/** A tracker whose waits end at once, or with a promise. */
function watched(passing?: Promise<unknown>) {
  const reported: unknown[] = [];
  const pauses: number[] = [];
  let retries = 0;
  let now = 100;
  let elapsed = 0;
  const outages = new OutageTracker({
    now: () => (now += 1),
    elapsed: () => elapsed,
    retried: () => void (retries += 1),
    changed: (fault) => void reported.push(fault),
    sleep: async (millis, signal) => {
      pauses.push(millis);
      const lost = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      await (passing === undefined ? Promise.resolve() : Promise.race([passing, lost]));
    },
  });
  return {
    outages,
    reported,
    pauses,
    retries: () => retries,
    pass: (millis: number) => void (elapsed += millis),
  };
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

describe('an outage of the engine', () => {
  it('is retried with longer and longer waits, and its begin and its end are reported once', async () => {
    const { outages, reported, pauses, retries } = watched();
    const { work } = failing(...Array.from({ length: 8 }, () => unavailable));
    expect(await outages.retry(work, alive())).toBe('done');
    expect(pauses).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    expect([reported, retries(), outages.current()]).toEqual([[unavailable, undefined], 8, undefined]);
  });

  it('lasts since the first fault, and has the last one', async () => {
    const { outages } = watched();
    const last = new Fault('engine_unreachable', 'still no server', { retryable: true });
    const seen: unknown[] = [];
    const { work } = failing(unavailable, last);
    await outages.retry(() => (seen.push(outages.current()), work()), alive());
    expect(seen).toEqual([undefined, { since: 102, fault: unavailable }, { since: 102, fault: last }]);
  });

  it('is not retried once the partition is lost, and is not reported without a retry', async () => {
    const { outages, reported, pauses } = watched(new Promise(() => undefined));
    const lost = new AbortController();
    const { work, calls } = failing(unavailable, unavailable);
    const retrying = outages.retry(work, lost.signal).catch((error: unknown) => error);
    await expect.poll(() => pauses).toEqual([200]);
    expect(outages.current()).toMatchObject({ fault: unavailable });
    lost.abort(new Error('the partition is lost'));
    expect(await retrying).toMatchObject({ message: 'the partition is lost' });
    expect([calls(), outages.current(), reported]).toEqual([1, undefined, [unavailable]]);
  });

  it('lasts for the other partitions when one of them is lost', async () => {
    let pass = (): void => undefined;
    const { outages, pauses } = watched(new Promise<void>((resolve) => (pass = resolve)));
    const lost = new AbortController();
    const first = outages.retry(failing(unavailable, unavailable).work, lost.signal).catch(() => 'lost');
    const second = outages.retry(failing(unavailable).work, alive());
    await expect.poll(() => pauses).toEqual([200, 200]);
    lost.abort();
    expect(await first).toBe('lost');
    expect(outages.current()).toMatchObject({ fault: unavailable });
    pass();
    expect(await second).toBe('done');
    expect(outages.current()).toBeUndefined();
  });

  it.each([
    ['refuses the rows', refused],
    ['fails with an unknown error', new TypeError('x')],
  ])('ends when the engine %s, and that is thrown', async (_what, fault) => {
    const { outages } = watched();
    const { work, calls } = failing(unavailable, fault);
    await expect(outages.retry(work, alive())).rejects.toBe(fault);
    expect([calls(), outages.current()]).toEqual([2, undefined]);
  });
});

/** Work that neither fails nor ends until it is told to. */
function hanging() {
  let [end, fail] = [(): void => undefined, (_fault: unknown): void => undefined];
  const ended = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, reject]));
  return { work: () => ended, end: () => end(), fail: (fault: unknown) => fail(fault) };
}

describe('an engine that does not answer at all', () => {
  it('is in an outage once an attempt is overdue, since that began, and until it ends', async () => {
    const { outages, pass, reported } = watched();
    const { work, end } = hanging();
    const working = outages.retry(work, alive());
    pass(OVERDUE_MILLIS);
    expect(outages.current()).toBeUndefined();
    pass(1_500);
    const fault = { retryable: true, message: expect.stringContaining('begun 31 s ago') as string };
    expect(outages.current()).toMatchObject({ since: 101, fault });
    end();
    await working;
    /* What is reported ends a start; what hangs may still succeed. */
    expect([outages.current(), reported]).toEqual([undefined, []]);
  });

  it('is in one while any of the attempts is overdue, and one that has just begun is none', async () => {
    const { outages, pass } = watched();
    const [first, second] = [hanging(), hanging()];
    const old = outages.retry(first.work, alive());
    pass(OVERDUE_MILLIS - 1);
    const young = outages.retry(second.work, alive());
    pass(2);
    expect(outages.current()).toBeDefined();
    first.end();
    await old;
    expect(outages.current()).toBeUndefined();
    pass(OVERDUE_MILLIS);
    expect(outages.current()).toBeDefined();
    second.end();
    await young;
    expect(outages.current()).toBeUndefined();
  });

  it('is in the outage of its fault where the attempt fails after all, and each attempt has its own time', async () => {
    let pass = (): void => undefined;
    const paused = new Promise<void>((resolve) => (pass = resolve));
    const tracked = watched(paused);
    const { work, fail } = hanging();
    const attempts = [work, () => Promise.resolve()];
    const working = tracked.outages.retry(() => attempts.shift()?.() ?? Promise.reject(refused), alive());
    tracked.pass(OVERDUE_MILLIS + 1);
    fail(unavailable);
    await expect.poll(() => tracked.outages.current()).toMatchObject({ fault: unavailable });
    pass();
    await working;
    expect(tracked.outages.current()).toBeUndefined();
  });
});

it('empties a table once the engine does it', async () => {
  const { outages, retries } = watched();
  const { work } = failing(unavailable, unavailable);
  const inner: Sink<string> = {
    openBlock: () => Promise.reject(new Error('not asked for')),
    insert: () => Promise.reject(new Error('not asked for')),
    empty: async () => void (await work()),
  };
  await retryingSink(inner, outages, { lost: alive(), check: () => undefined }).empty('tributary.t');
  expect(retries()).toBe(2);
});

it('starts nothing for a partition that is lost, or whose lease ran out unnoticed: it has a new owner', async () => {
  const { outages, reported } = watched();
  const asked: string[] = [];
  const note = (what: string) => () => Promise.resolve(void asked.push(what));
  const inner: Sink<string> = {
    openBlock: () => Promise.reject(new Error('not asked for')),
    insert: note('insert'),
    empty: note('empty'),
  };
  const lost = new AbortController();
  let isFrozen = false;
  const check = (): void => {
    if (isFrozen) lost.abort(new Error('the partition is lost'));
    lost.signal.throwIfAborted();
  };
  const sink = retryingSink(inner, outages, { lost: lost.signal, check });
  await sink.insert({ token: 't', block: 'b' });
  isFrozen = true;
  await expect(sink.insert({ token: 't', block: 'b' })).rejects.toThrow('the partition is lost');
  expect([asked, reported]).toEqual([['insert'], []]);
});
