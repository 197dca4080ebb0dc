import type { TopicRecord } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import { expect, it } from 'vitest';
import { eventFormat } from './event-format.ts';

const PARTITIONS = 4;
const event = {
  specversion: '1.0',
  id: 'e1',
  source: 'urn:test',
  type: 'training.run.ended',
  data: { runId: 'r', attempt: 1, status: 'completed', lastStep: 1 },
};
const key = Buffer.from('run/r');
const own = partitionOf(key, PARTITIONS);

const stored: Buffer[] = [];
const format = eventFormat(
  {
    put: async (content) => {
      const parts = content instanceof Uint8Array ? [content] : [];
      for await (const part of content instanceof Uint8Array ? [] : content) parts.push(part);
      stored.push(Buffer.concat(parts));
      return { sha256: '', bytes: 0, known: false };
    },
  },
  PARTITIONS,
);

const keyed = (text: string) => ({
  key: Buffer.from(text),
  partition: partitionOf(Buffer.from(text), PARTITIONS),
});

const record = (more: Partial<TopicRecord> = {}): TopicRecord => ({
  partition: own,
  offset: 7,
  key,
  value: Buffer.from(JSON.stringify(event)),
  timestamp: Date.UTC(2026, 10, 24, 12),
  headers: [['content-type', Buffer.from('application/cloudevents+json')]],
  ...more,
});

it('reads a record of any producer as an event at the time of the record', async () => {
  expect(await format.read(record())).toMatchObject({
    ok: true,
    event: { id: 'e1', stream: 'run/r', recordTime: Date.UTC(2026, 10, 24, 12) * 1000 },
  });
});

it('refuses a record in another partition than the one of its key, and names both', async () => {
  const other = (own + 1) % PARTITIONS;
  const read = await format.read(record({ partition: other }));
  expect(read).toMatchObject({
    ok: false,
    refusal: {
      code: 'wrong_partition',
      message: `the record is in partition ${other}, and its key belongs in ${own}; use Kafka's default partitioner (murmur2)`,
      value: String(other),
    },
  });
});

it('refuses what is not an event with the reason of the intake', async () => {
  expect(await format.read(record({ value: Buffer.from('{') }))).toMatchObject({
    ok: false,
    refusal: { code: 'invalid_json' },
  });
  expect(await format.read(record({ value: null }))).toMatchObject({
    ok: false,
    refusal: { code: 'no_value' },
  });
});

it('moves long data of other producers to the blobs before the event counts', async () => {
  const sources = Array.from({ length: 2_000 }, (_, index) => ({
    kind: 'snapshot',
    ref: `web@v${index}`,
    multiplicity: 1,
  }));
  const data = { snapshotId: 's', name: 's', version: '1', sources };
  const long = { ...event, type: 'corpus.snapshot.registered', data };
  const read = await format.read(
    record({ value: Buffer.from(JSON.stringify(long)), ...keyed('snapshot/s') }),
  );
  expect(read.ok ? stored.length : read.refusal.code).toBe(1);
  expect(stored[0]?.length).toBeGreaterThan(65_536);
});
