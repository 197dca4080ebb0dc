import type { NewEvent } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventFormat } from './event-format.ts';

const noBlobs = { put: () => Promise.reject(new Error('this event has no long data')) };
const runs = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' }).map((text) => `r${text}`);
const partitionCounts = fc.integer({ min: 1, max: 48 });

/** The end of a run as our endpoint appends it, in canonical form. */
function endOf(runId: string): NewEvent {
  const data = { attempt: 1, lastStep: 1, runId, status: 'completed' };
  const event = {
    data,
    id: `end-${runId}`,
    source: 'urn:test',
    specversion: '1.0',
    type: 'training.run.ended',
  };
  return {
    source: event.source,
    id: event.id,
    type: event.type,
    stream: `run/${runId}`,
    bytes: Buffer.from(JSON.stringify(event)),
  };
}

it('reads each event that it writes, with its stream and time, from the partition of its key', async () => {
  const times = fc.integer({ min: 1, max: 2 ** 50 });
  await fc.assert(
    fc.asyncProperty(runs, partitionCounts, times, async (runId, partitions, recordTime) => {
      const format = eventFormat(noBlobs, partitions);
      const event = endOf(runId);
      const record = format.write(event, { recordTime });
      const partition = partitionOf(record.key ?? new Uint8Array(), partitions);
      const read = await format.read({
        ...record,
        partition,
        offset: 0,
        timestamp: Math.floor(recordTime / 1000),
      });
      expect(read).toMatchObject({
        ok: true,
        event: { id: event.id, stream: event.stream, recordTime },
      });
      const bytes = read.ok ? Buffer.from(read.event.bytes) : undefined;
      expect(bytes?.equals(event.bytes)).toBe(true);
    }),
  );
});

it('refuses each event that it writes in every other partition', async () => {
  await fc.assert(
    fc.asyncProperty(runs, partitionCounts, fc.nat(47), async (runId, partitions, wanted) => {
      const format = eventFormat(noBlobs, partitions);
      const record = format.write(endOf(runId), { recordTime: 1_000_000 });
      const partition = wanted % partitions;
      const expected = partitionOf(record.key ?? new Uint8Array(), partitions);
      const read = await format.read({ ...record, partition, offset: 0, timestamp: 1_000 });
      expect(read.ok).toBe(partition === expected);
    }),
  );
});
