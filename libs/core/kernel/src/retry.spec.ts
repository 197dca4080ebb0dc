import { describe, expect, it } from 'vitest';
import { Fault } from './fault.ts';
import { retry, type RetryOptions } from './retry.ts';

const unavailable = new Fault('engine_unreachable', 'no server', { retryable: true });
const refused = new Fault('engine_refused', 'no such table');

/** A clock that only sleeping moves. */
function simulated() {
  const delays: number[] = [];
  let now = 0;
  const sleep: RetryOptions['sleep'] = async (milliseconds, signal) => {
    delays.push(milliseconds);
    now += milliseconds;
    signal?.throwIfAborted();
    await Promise.resolve();
  };
  return { delays, sleep, now: () => now };
}

const failing = (times: number, error: unknown = unavailable) => {
  let calls = 0;
  const work = (): Promise<string> => {
    calls += 1;
    return calls <= times ? Promise.reject(error) : Promise.resolve('done');
  };
  return { work, calls: () => calls };
};

const POLICY = { firstDelay: 100, maxDelay: 1000 };

describe('the delay', () => {
  it('doubles up to its maximum', async () => {
    const { sleep, delays } = simulated();
    expect(await retry(failing(6).work, { ...POLICY, sleep })).toBe('done');
    expect(delays).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('grows by the factor of the policy', async () => {
    const { sleep, delays } = simulated();
    await retry(failing(3).work, { firstDelay: 200, factor: 5, maxDelay: 5000, sleep });
    expect(delays).toEqual([200, 1000, 5000]);
  });

  it('stays at its maximum after very many attempts', async () => {
    const { sleep, delays } = simulated();
    await retry(failing(2000).work, { ...POLICY, sleep });
    expect(delays.at(-1)).toBe(1000);
  });

  it('is shortened by at most the share of the jitter', async () => {
    const { sleep, delays } = simulated();
    const draws = [0, 0.5, 0.999];
    const jitter = { share: 0.5, random: () => draws.shift() ?? 0 };
    await retry(failing(3).work, { firstDelay: 100, factor: 1, maxDelay: 100, jitter, sleep });
    expect(delays).toEqual([100, 75, 50.05]);
  });

  it('can be replaced by what the error asks for', async () => {
    const { sleep, delays } = simulated();
    const delayAfter = (_error: unknown, delay: number): number => (delays.length === 0 ? 7 : delay);
    await retry(failing(2).work, { ...POLICY, delayAfter, sleep });
    expect(delays).toEqual([7, 200]);
  });

  it('begins again after a reset', async () => {
    const { sleep, delays } = simulated();
    let calls = 0;
    const work = (resetBackoff: () => void): Promise<void> => {
      calls += 1;
      if (calls === 3) resetBackoff();
      return calls < 5 ? Promise.reject(unavailable) : Promise.resolve();
    };
    await retry(work, { ...POLICY, sleep });
    expect(delays).toEqual([100, 200, 100, 200]);
  });
});

describe('an error is thrown on', () => {
  it.each([
    ['if the fault is not retryable', refused],
    ['if it is not a fault', new TypeError('x')],
  ])('%s', async (_case, error) => {
    const { work, calls } = failing(1, error);
    await expect(retry(work, { ...POLICY, sleep: simulated().sleep })).rejects.toBe(error);
    expect(calls()).toBe(1);
  });

  it('if no attempt is left', async () => {
    const { work, calls } = failing(9);
    const options = { ...POLICY, attempts: 3, sleep: simulated().sleep };
    await expect(retry(work, options)).rejects.toBe(unavailable);
    expect(calls()).toBe(3);
  });

  it('if the next delay would pass the deadline', async () => {
    const { sleep, now, delays } = simulated();
    const options = { ...POLICY, deadline: { at: 699, now }, sleep };
    await expect(retry(failing(9).work, options)).rejects.toBe(unavailable);
    expect(delays).toEqual([100, 200]);
  });

  it('if the signal aborted while the work ran', async () => {
    const stopping = new AbortController();
    const work = (): Promise<never> => (stopping.abort(new Error('stopping')), Promise.reject(unavailable));
    const options = { ...POLICY, signal: stopping.signal, sleep: simulated().sleep };
    await expect(retry(work, options)).rejects.toBe(unavailable);
  });
});

it('retries what its caller calls retryable, and reports each error with the delay after it', async () => {
  const { sleep } = simulated();
  const error = new TypeError('x');
  const reported: unknown[] = [];
  const onRetry = (...report: unknown[]): void => void reported.push(report);
  await retry(failing(2, error).work, { ...POLICY, isRetryable: () => true, onRetry, sleep });
  expect(reported).toEqual([
    [error, 100],
    [error, 200],
  ]);
});

describe('an abort', () => {
  const reason = new Error('the process is stopping');

  it('before the first attempt starts no work', async () => {
    const { work, calls } = failing(0);
    const options = { ...POLICY, signal: AbortSignal.abort(reason), sleep: simulated().sleep };
    await expect(retry(work, options)).rejects.toBe(reason);
    expect(calls()).toBe(0);
  });

  it('during a delay throws its reason, and starts no other attempt', async () => {
    const stopping = new AbortController();
    const sleep = (): Promise<never> => {
      stopping.abort(reason);
      return Promise.reject(new Error('the sleep was interrupted'));
    };
    const { work, calls } = failing(9);
    await expect(retry(work, { ...POLICY, signal: stopping.signal, sleep })).rejects.toBe(reason);
    expect(calls()).toBe(1);
  });
});

it('throws the error of a sleep that fails by itself', async () => {
  const broken = new Error('no timers here');
  const options = { ...POLICY, sleep: () => Promise.reject(broken) };
  await expect(retry(failing(1).work, options)).rejects.toBe(broken);
});
