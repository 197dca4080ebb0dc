import type { SqlReader } from '@tributary/kernel';
import { afterEach, expect, it, vi } from 'vitest';
import { recentSearch } from './recent-search.ts';

afterEach(() => vi.useRealTimers());

/** A reader of tables without rows, which counts the searches. */
function emptyTables() {
  const asked = { searches: 0 };
  const reader: SqlReader = {
    all: ({ name }) => {
      asked.searches += Number(name === 'scored-runs');
      return Promise.resolve([]);
    },
  };
  return { asked, reader };
}

it('looks for experiments once where they are asked about soon after, as of one position', async () => {
  const { asked, reader } = emptyTables();
  let now = 0;
  const search = recentSearch(reader, () => now);
  const first = await search([], [1]);
  expect(await search([], [1])).toBe(first);
  expect(asked.searches).toBe(1);
  const later = await search([], [2]);
  expect(later).not.toBe(first);
  now += 10_000;
  expect(await search([], [2])).not.toBe(later);
  expect(asked.searches).toBe(3);
});

it('forgets a search in time, although the clock of the system is set back', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const { asked, reader } = emptyTables();
  const search = recentSearch(reader);
  const first = await search([], [1]);
  vi.advanceTimersByTime(10_000);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect(await search([], [1])).not.toBe(first);
  expect(asked.searches).toBe(2);
});

it('does not remember a search that failed', async () => {
  const { asked, reader } = emptyTables();
  let isDown = true;
  const search = recentSearch(
    { all: (query, params) => (isDown ? Promise.reject(new Error('down')) : reader.all(query, params)) },
    () => 0,
  );
  await expect(search([], [1])).rejects.toThrow('down');
  isDown = false;
  expect(await search([], [1])).toMatchObject({ found: [], leftOut: [] });
  expect(asked.searches).toBe(1);
});
