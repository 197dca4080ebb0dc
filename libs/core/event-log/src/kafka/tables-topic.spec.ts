import { formatEventPosition, parseEventPosition } from '@tributary/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCommitMetadata } from './commit-metadata.ts';
import type { KnownEvent } from './in-flight-index.ts';
import { before as start, keyedFormat, knownAt, partitionInMemory } from './partition.fixture.ts';
import type { Written } from './partition.fixture.ts';
import { openPartitionLog } from './partition-log.ts';

const at = (position: number) => formatEventPosition(position);

/** What tables have of records that were projected, each id once. */
const projected = (written: readonly Written[]): KnownEvent[] => {
  const rows = written.flatMap((one, offset) => (typeof one === 'string' ? [] : knownAt(offset + 1, one)));
  return rows.filter((row, index) => rows.findIndex(({ id }) => id === row.id) === index);
};

/** A projector's view of a topic, with tables that have so many records of another one or of the same. */
function projecting(written: readonly Written[], { rows, next }: { rows: KnownEvent[]; next: number }) {
  const tables = { position: next === 0 ? start(0) : at(next) };
  const partition = partitionInMemory({
    written,
    committed: { offset: next, metadata: encodeCommitMetadata(new Map([['tables', tables]])) },
  });
  let looks = 0;
  const log = openPartitionLog({
    assignment: partition,
    format: keyedFormat,
    known: (events) => Promise.resolve(rows.filter(({ id }) => events.some((event) => event.id === id))),
    storedAt: (position) => {
      looks += 1;
      return Promise.resolve(rows.find((row) => row.position === position));
    },
    refuse: () => Promise.resolve(),
  });
  const read = () => log.read({ after: tables.position, limit: 100, maxBytes: 1_000_000 });
  return { partition, log, read, looks: () => looks };
}

const content = fc.constantFrom('one', 'two');
const written = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), content }) },
    { weight: 1, arbitrary: fc.constant('poison message' as const) },
  ),
  { minLength: 1, maxLength: 8 },
);

describe('a projector', () => {
  it('law: goes on in the topic of its tables, whatever is at their position, lost rows and interruptions too', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.nat(8), fc.nat(8), async (records, some, lost) => {
        const next = Math.min(some, records.length);
        const rows = projected(records.slice(0, next)).filter((_, index) => index !== lost);
        const { partition, read } = projecting(records, { rows, next });
        const first = await read();
        partition.interrupt();
        expect(await read()).toEqual(first);
        expect(first).toHaveLength(records.length - next);
      }),
    );
  });

  it('law: reads nothing of a topic with another record at the position of its tables', async () => {
    await fc.assert(
      fc.asyncProperty(written, written, fc.boolean(), async (records, others, isRunning) => {
        const rows = projected(records);
        const next = records.length;
        const row = rows.find(({ position }) => parseEventPosition(position) === next);
        const other = others[next - 1];
        const isOther =
          typeof other === 'object' && (other.id !== row?.id || knownAt(next, other).hash !== row.hash);
        fc.pre(row !== undefined && other !== undefined && (typeof other === 'string' || isOther));
        const { partition, read } = projecting(isRunning ? records : others, { rows, next });
        const before = isRunning ? await read() : [];
        if (isRunning) partition.interrupt(new Map(others.entries()));
        expect(before).toEqual([]);
        await expect(read()).rejects.toMatchObject({
          code: 'log_replaced',
          message: expect.stringContaining(`another record at offset ${next - 1}`),
        });
        await expect(read()).rejects.toMatchObject({ code: 'log_replaced' });
      }),
    );
  });

  it('asks the tables by position only where their last id does not say it', async () => {
    const records = [{ id: 'a' }, { id: 'b' }];
    const { read, looks } = projecting(records, { rows: projected(records), next: 2 });
    await read();
    await read();
    expect(looks()).toBe(0);
  });
});
