import { dataReference, memoryBlobs } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { anEvent, randomFrom } from '@tributary/fixtures';
import {
  Fault,
  formatEventPosition,
  parseEventPosition,
  partitionOf,
  partitionStart,
  positionFromText,
} from '@tributary/kernel';
import { expect, it } from 'vitest';
import { newestBlobs } from './newest-blobs.ts';

const short = (id: string) =>
  anEvent('training.run.ended', id, { runId: id, attempt: 1, status: 'completed' });

/** An event that refers to the content, which need not be there. */
function long(id: string, sha256: string) {
  const event = short(id);
  const { data: _data, ...envelope } = JSON.parse(Buffer.from(event.bytes).toString('utf8'));
  return { ...event, bytes: Buffer.from(JSON.stringify({ ...envelope, ...dataReference(sha256, 1) })) };
}

const append = (log: EventLog, ...events: Parameters<EventLog['append']>[0]) =>
  log.append(events, { atomic: true });

it('warns of the newest facts whose data are not in the folder, as long as they are not', async () => {
  const [log, blobs, whole] = [memoryLog(), memoryBlobs(), memoryBlobs()];
  for (const id of ['a', 'b', 'c']) {
    const { sha256 } = await whole.put(Buffer.from(id));
    await append(log, short(`short-${id}`), long(id, sha256));
  }
  await blobs.put(Buffer.from('a'));
  const warnings = await newestBlobs(log, blobs);
  const at = (count: number, position: number) => [
    {
      code: 'blobs_incomplete',
      detail: expect.stringContaining(
        `the data of up to ${count} of the newest facts, that at position ${position} among them`,
      ),
    },
  ];
  expect(warnings()).toEqual(at(2, 4));
  await blobs.put(Buffer.from('b'));
  expect(warnings()).toEqual(at(1, 6));
  await blobs.put(Buffer.from('c'));
  expect(warnings()).toEqual([]);
  expect((await newestBlobs(log, blobs))()).toEqual([]);
});

it('says nothing of an empty log, and of what was removed for good', async () => {
  const log = memoryLog();
  expect((await newestBlobs(log, memoryBlobs()))()).toEqual([]);
  await append(log, long('a', 'a'.repeat(64)));
  expect((await newestBlobs(log, { has: () => false, removed: () => 'a secret' }))()).toEqual([]);
  expect((await newestBlobs(log, memoryBlobs()))()).toMatchObject([{ code: 'blobs_incomplete' }]);
});

it('looks at each of the newest 10,000 events once, wherever the references are', async () => {
  const log = memoryLog();
  const random = randomFrom(7);
  const wanted: string[] = [];
  for (let from = 0; from < 12_500; from += 2_500)
    await append(
      log,
      ...Array.from({ length: 2_500 }, (_, at) => {
        const number = from + at + 1;
        if (random() > 0.01) return short(`run-${number}`);
        const digest = number.toString(16).padStart(64, '0');
        if (number > 2_500) wanted.push(digest);
        return long(`run-${number}`, digest);
      }),
    );
  const asked: string[] = [];
  const has = (digest: string): boolean => {
    asked.push(digest);
    return true;
  };
  expect((await newestBlobs(log, { has, removed: () => undefined }))()).toEqual([]);
  expect(asked.toSorted()).toEqual(wanted);
});

it('looks at the newest events of each partition, however many bytes they have together', async () => {
  const first = memoryLog();
  const heavy = (id: string) => {
    const event = short(id);
    return { ...event, bytes: Buffer.concat([event.bytes, Buffer.alloc(1_000_000, ' ')]) };
  };
  await append(first, long('old', 'a'.repeat(64)), ...Array.from({ length: 99 }, (_, at) => heavy(`${at}`)));
  await append(first, long('new', 'b'.repeat(64)));
  const second = memoryLog();
  await append(second, long('other', 'c'.repeat(64)));
  const log: Pick<EventLog, 'read' | 'head'> = {
    head: () => positionFromText('101,1'),
    read: async ({ after, ...most }) => {
      const from = parseEventPosition(after);
      const start = partitionStart(partitionOf(from));
      const events = await (start === 0 ? first : second).read({
        after: formatEventPosition(from - start),
        ...most,
      });
      return events.map((event) => ({
        ...event,
        position: formatEventPosition(start + parseEventPosition(event.position)),
      }));
    },
  };
  const asked: string[] = [];
  const has = (digest: string): boolean => {
    asked.push(digest.slice(0, 1));
    return false;
  };
  const [warning] = (await newestBlobs(log, { has, removed: () => undefined }))();
  /* The newest hundred events of the first partition reach the limit of bytes. */
  expect(new Set(asked)).toEqual(new Set(['b', 'c']));
  expect(warning?.detail).toContain('the data of up to 2 of the newest facts');
});

it('takes a blob of which the disk does not say whether it is there for one that is', async () => {
  const log = memoryLog();
  await append(log, long('a', 'a'.repeat(64)), long('b', 'b'.repeat(64)));
  let isUnreadable = true;
  const has = (): boolean => {
    if (isUnreadable) throw new Fault('blob_unreadable', 'EIO', { retryable: true });
    return false;
  };
  const removed = () => undefined;
  expect((await newestBlobs(log, { has, removed }))()).toEqual([]);
  isUnreadable = false;
  const warnings = await newestBlobs(log, { has, removed });
  expect(warnings()).toMatchObject([{ code: 'blobs_incomplete' }]);
  isUnreadable = true;
  expect(warnings()).toEqual([]);
});
