import { expect, it } from 'vitest';
import { positionOf } from '../position.ts';
import { openClaimedLog } from './claimed-log.ts';
import type { KnownEvent } from './ahead.ts';
import type { RecordFormat } from './record-format.ts';
import type { Claim, TopicRecord } from './topic.ts';

/** Records whose value is the id of an event and all there is to it. */
const format: RecordFormat<never> = {
  write: ({ id }) => ({ key: Buffer.from('s'), value: Buffer.from(id), headers: [] }),
  read: ({ value }) => {
    const bytes = Buffer.from(value ?? []);
    const event = { source: 'urn:test', id: bytes.toString(), type: 't', stream: 's', bytes, recordTime: 0 };
    return { ok: true, event };
  },
};

function claimOf(ids: readonly string[]): Claim {
  const records = ids.map((id, offset): TopicRecord => {
    const [key, value] = [Buffer.from('s'), Buffer.from(id)];
    return { partition: 0, offset, key, value, headers: [], timestamp: 0 };
  });
  return {
    partition: 0,
    committed: undefined,
    lost: new AbortController().signal,
    read: ({ from, limit }) => Promise.resolve(records.slice(from, from + limit)),
    arrived: () => Promise.resolve(),
    end: () => records.length,
    commit: () => Promise.resolve(),
  };
}

it('counts an id once whose first copy reaches the tables while they are asked about others', async () => {
  const answers: ((known: readonly KnownEvent[]) => void)[] = [];
  const log = openClaimedLog({
    claim: claimOf(['a', 'b', 'a']),
    format,
    known: () => new Promise((resolve) => answers.push(resolve)),
    refuse: () => Promise.resolve(),
  });
  const range = { limit: 2, maxBytes: 1000 };
  const first = log.read({ ...range, after: positionOf(0), limit: 1 });
  await expect.poll(() => answers.length).toBe(1);
  answers[0]?.([]);
  expect(await first).toMatchObject([{ id: 'a' }]);

  const second = log.read({ ...range, after: positionOf(1) });
  await expect.poll(() => answers.length).toBe(2);
  await log.cursors.set('tables', { position: positionOf(1) });
  answers[1]?.([]);
  expect(await second).toMatchObject([{ id: 'b' }, { omitted: 'duplicate' }]);
});
