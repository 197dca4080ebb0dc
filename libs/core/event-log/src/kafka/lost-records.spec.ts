import { positionFromText } from '@tributary/kernel';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RecordedEvent } from '../event-log.ts';
import { encodeCommitMetadata } from './commit-metadata.ts';
import { keyedFormat, partitionInMemory } from './partition.fixture.ts';
import { openPartitionLog } from './partition-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [from, to] = [positionFromText('1'), positionFromText('3')];
const planned = { position: from, planned: { from, to, token: '1@v:1-3' } };

it('finds nothing of a planned range in a topic that stays shorter for half a minute', async () => {
  const log = openPartitionLog({
    assignment: partitionInMemory({
      written: [{ id: 'a' }],
      committed: { offset: 1, metadata: encodeCommitMetadata(new Map([['tables', planned]])) },
    }),
    format: keyedFormat,
    known: () => Promise.resolve([]),
    storedAt: () => Promise.resolve(undefined),
    refuse: () => Promise.resolve(),
  });
  let found: readonly RecordedEvent[] | undefined;
  const reading = log.read({ after: from, limit: 2, maxBytes: 1_000 }).then((events) => (found = events));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(found).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2_000);
  await reading;
  expect(found).toEqual([]);
});
