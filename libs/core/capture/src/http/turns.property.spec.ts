import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turns } from './turns.ts';

const MILLIS = 100;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Comes after a pause, and works for some time unless its client leaves before. */
const job = record({
  key: constantFrom('a', 'b'),
  pause: integer({ min: 0, max: 60 }),
  work: constantFrom(0, 1, 30, 70, 500),
  leaves: constantFrom(10, 90, 1_000),
  fails: constantFrom(false, false, true),
});

it('keeps the order of a key, lets nobody wait longer, begins nothing late, and forgets what has ended', async () => {
  await assert(
    asyncProperty(array(job, { maxLength: 12 }), async (jobs) => {
      const turns = new Turns(MILLIS);
      const begun: { readonly key: string; readonly at: number }[] = [];
      const working = new Map<string, number>();
      const settled: string[] = [];
      const start = async (
        { key, work, leaves, fails }: (typeof jobs)[number],
        at: number,
      ): Promise<void> => {
        const came = Date.now();
        const client = new AbortController();
        setTimeout(() => client.abort(new Error('left')), leaves);
        let waited: number | undefined;
        const held = async (): Promise<void> => {
          waited = Date.now() - came;
          begun.push({ key, at });
          expect(working.get(key) ?? 0).toBe(0);
          working.set(key, 1);
          await new Promise((resolve) => setTimeout(resolve, work));
          working.set(key, 0);
          if (fails) throw new Error('failed');
        };
        const outcome = await turns.take(key, held, { signal: client.signal }).then(
          () => 'done',
          (error: Error) => ('code' in error ? String(error.code) : error.message),
        );
        settled.push(outcome);
        expect(waited ?? Date.now() - came).toBeLessThanOrEqual(Math.min(MILLIS, leaves));
        expect(['done', 'failed'].includes(outcome)).toBe(waited !== undefined);
        const refusal = leaves < MILLIS ? 'left' : 'busy';
        expect(outcome).toBe(waited === undefined ? refusal : outcome);
      };
      const all: Promise<void>[] = [];
      for (const [at, one] of jobs.entries()) {
        await vi.advanceTimersByTimeAsync(one.pause);
        all.push(start(one, at));
      }
      await vi.advanceTimersByTimeAsync(20_000);
      await Promise.all(all);
      for (const key of ['a', 'b']) {
        const order = begun.filter((one) => one.key === key).map(({ at }) => at);
        expect(order).toEqual(order.toSorted((left, right) => left - right));
      }
      expect([settled.length, turns.keys]).toEqual([jobs.length, 0]);
    }),
    { seed: 86, numRuns: 300 },
  );
});

it('lets other keys work meanwhile, and says what to do where a turn does not come', async () => {
  const turns = new Turns(MILLIS);
  const hanging = turns.take('a', () => new Promise<never>(() => undefined));
  void hanging;
  const refused = turns.take('a', () => Promise.resolve('late')).catch((fault: unknown) => fault);
  const busy = {
    code: 'busy',
    retryable: true,
    met: { limit: 'requestTimeout', value: MILLIS, key: 'TRIBUTARY_REQUEST_TIMEOUT_MS' },
    message: expect.stringMatching(
      /within 0.1 s; nothing of what waited is stored.*TRIBUTARY_REQUEST_TIMEOUT_MS/,
    ),
  };
  expect(await turns.take('b', () => Promise.resolve('other'))).toBe('other');
  await vi.advanceTimersByTimeAsync(MILLIS);
  expect(await refused).toMatchObject(busy);
  expect(turns.keys).toBe(1);
});
