import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdCommits } from '@tributary/test-processes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewEvent } from './event-log.ts';
import { FlushWatch, logOverdue } from './flush-watch.ts';
import { openLmdbLog } from './lmdb-log.ts';
import type { LocalLog } from './lmdb-log.ts';

/** Milliseconds; more than a commit takes on a loaded machine. */
const LIMIT = 1_000;
const OVERDUE = { code: 'log_overdue', retryable: true };
const event = (id: string): NewEvent => ({
  source: 'urn:test',
  id,
  type: 'test.happened',
  stream: 'test',
  bytes: Buffer.from(`{"id":"${id}"}`),
});

let directory: string;
let log: LocalLog;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'held-log-'));
  log = await openLmdbLog({ directory, appendTimeout: LIMIT });
});
afterEach(async () => {
  await log.close();
  rmSync(directory, { recursive: true });
});
const append = (id: string) => log.append([event(id)], { atomic: true });

describe('a commit that hangs', () => {
  it('is overdue until it ends, whoever waits for it; then the log goes on as before', async () => {
    await append('before');
    const release = await holdCommits(directory);
    await expect(append('held')).rejects.toMatchObject(OVERDUE);
    await expect.poll(() => log.overdue()).toMatchObject(OVERDUE);
    await expect(append('behind')).rejects.toMatchObject(OVERDUE);
    expect([log.overdue()?.code, log.fault(), log.head()]).toEqual(['log_overdue', undefined, '1']);
    await release();
    await expect.poll(() => log.overdue()).toBeUndefined();
    /* It had been handed to the disk, and the one behind it had not. */
    expect(await append('held')).toMatchObject({ ok: true, stored: 0 });
    expect(await append('behind')).toMatchObject({ ok: true, stored: 1 });
    expect([log.overdue(), log.fault(), log.head()]).toEqual([undefined, undefined, '3']);
  });

  it('is none where commits follow each other without a pause for longer than one may take', async () => {
    const until = performance.now() + 2 * LIMIT;
    const seen = new Set<unknown>();
    const follow = async (name: string): Promise<void> => {
      for (let next = 0; performance.now() < until; next += 1) {
        const set = log.cursors.set(name, { position: String(next) });
        seen.add(log.overdue());
        await set;
      }
    };
    await Promise.all([follow('one'), follow('other')]);
    expect(seen).toEqual(new Set([undefined]));
  });
});

describe('the watch of a flush', () => {
  const setUp = (limit: number) => {
    const clock = { now: 1_000 };
    return { clock, watch: new FlushWatch(limit, () => clock.now, logOverdue) };
  };
  const held = () => {
    let [end, fail] = [(): void => undefined, (_cause: Error): void => undefined];
    const flush = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, reject]));
    return { flush, end, fail };
  };

  it('counts from its begin, not from the one before, and ends with it whether it succeeds or fails', async () => {
    const { clock, watch } = setUp(100);
    for (const outcome of ['end', 'fail'] as const) {
      const { flush, ...settle } = held();
      const running = watch.during(() => flush).catch((error: unknown) => error);
      clock.now += 100;
      expect(watch.overdue()).toBeUndefined();
      clock.now += 1;
      expect(watch.overdue()).toMatchObject(OVERDUE);
      settle[outcome](new Error('the disk is gone'));
      await running;
      expect(watch.overdue()).toBeUndefined();
    }
  });

  it('finds nothing overdue where appends have no limit', () => {
    const { clock, watch } = setUp(Infinity);
    void watch.during(() => new Promise(() => undefined));
    clock.now += 1e12;
    expect(watch.overdue()).toBeUndefined();
  });
});
