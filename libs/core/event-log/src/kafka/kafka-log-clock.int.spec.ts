import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseLogPosition } from '@tributary/kernel';
import type { NewEvent, RecordedEvent } from '../event-log.ts';
import { openKafkaLog } from './kafka-log.ts';
import type { KafkaEventLog } from './kafka-log.ts';
import type { RecordFormat } from './record-format.ts';
import { topicInMemory } from './topic.fixture.ts';
import type { Topic } from './topic.ts';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const FIXED_TIME = Date.UTC(2026, 11, 2, 12) * 1000;

/** As every reader of our topics, refuses a record whose stamped time is more than a day after its timestamp. */
const format: RecordFormat = {
  write: ({ id, stream, bytes }, { recordTime }) => ({
    key: Buffer.from(stream),
    value: bytes,
    headers: [
      ['id', Buffer.from(id)],
      ['time', Buffer.from(String(recordTime))],
    ],
  }),
  read: ({ key, value, headers, timestamp }) => {
    const [id = '', time = ''] = headers.map(([, text]) => Buffer.from(text).toString());
    if (Number(time) > timestamp * 1000 + DAY) return { ok: false, refusal: 'clock_skew' };
    const stream = Buffer.from(key ?? []).toString();
    const event = { source: 'urn:test', id, type: 't', stream, bytes: value ?? Buffer.alloc(0) };
    return { ok: true, event: { ...event, recordTime: Number(time) } };
  },
};

let now: number;
/** The clock when the record is sent, where it is another one than when it was stamped. */
let sent: number | undefined;
let directory: string;
let log: KafkaEventLog;

beforeEach(async () => {
  [now, sent] = [FIXED_TIME, undefined];
  directory = mkdtempSync(join(tmpdir(), 'kafka-log-'));
  const inMemory = topicInMemory('events', 2);
  const stamped: Partial<Topic> = {
    ...inMemory,
    partitions: 2,
    clusterId: 'cluster',
    knownBounds: inMemory.bounds,
    append: (records) =>
      inMemory.append(records.map((record) => ({ ...record, timestamp: (sent ?? now) / 1000 }))),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a log of one process needs no group
  const topic = stamped as Topic;
  const partitionOf = (key: Uint8Array): number => Number(Buffer.from(key).toString());
  log = await openKafkaLog({ topic, format, directory, partitionOf, clock: () => now, mapBytes: 2 ** 24 });
});
afterEach(async () => {
  await log.close();
  rmSync(directory, { recursive: true, force: true });
});

const event = (id: string, partition: number): NewEvent => ({
  source: 'urn:test',
  id,
  type: 't',
  stream: String(partition),
  bytes: Buffer.from('{}'),
});

async function recorded(id: string, partition = 0): Promise<RecordedEvent | undefined> {
  await log.append([event(id, partition)], { atomic: true });
  return log.find('urn:test', id);
}

it.each([
  ['two days', 2 * DAY],
  ['two hours', 2 * 3600 * SECOND],
])('takes facts again once a clock is right that was %s ahead, at their time', async (_what, difference) => {
  now = FIXED_TIME + difference;
  await recorded('ahead', 1);
  now = FIXED_TIME + SECOND;
  const times = [(await recorded('a'))?.recordTime, (await recorded('b'))?.recordTime];
  expect(times).toEqual([FIXED_TIME + SECOND, FIXED_TIME + SECOND + 1]);
  const at = parseLogPosition(await log.positionAt(FIXED_TIME + 2 * SECOND), 2);
  expect(at).toEqual(parseLogPosition('2,0', 2));
});

it('records facts in their order while a clock is set back by less than a minute', async () => {
  const before = await recorded('a', 1);
  now = FIXED_TIME - 59 * SECOND;
  expect((await recorded('b'))?.recordTime).toBe((before?.recordTime ?? 0) + 1);
});

it('keeps the times of a partition ascending that has facts of a clock that was ahead', async () => {
  now = FIXED_TIME + 2 * DAY;
  const first = await recorded('ahead');
  now = FIXED_TIME;
  expect((await recorded('a'))?.recordTime).toBe((first?.recordTime ?? 0) + 1);
  expect((await recorded('b', 1))?.recordTime).toBe(FIXED_TIME + 1);
});

it('a fact whose clock is set by more than a day while it is written is refused for now, and stored when it is sent again', async () => {
  [now, sent] = [FIXED_TIME + 2 * DAY, FIXED_TIME];
  await expect(recorded('a')).rejects.toMatchObject({ code: 'log_refused', retryable: true });
  now = FIXED_TIME;
  expect((await recorded('a'))?.recordTime).toBe(FIXED_TIME);
});
