import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatMillis, requireLinger, shortestLinger } from './repeat-window.ts';

const codeOf = (work: () => void): unknown => {
  try {
    return work();
  } catch (fault) {
    return fault;
  }
};

describe('how long an insert is repeated without a look at its table', () => {
  it.each([
    [1_000, 1, 30_000],
    [1_000, 333, 30_000],
    [1_000, 334, 29_940],
    [1_000, 1_000, 10_000],
    [50, 4, 30_000],
    [0, 1, 30_000],
    [0, 10, 5_000],
  ])('at a linger of %i ms and %i partitions: %i ms', (linger, partitions, millis) => {
    expect(repeatMillis({ linger, partitions })).toBe(millis);
  });

  it('never lets the engine forget a block, and never ends attempts within five seconds, where it is not refused', () => {
    const given = fc.record({ linger: fc.nat(5_000), partitions: fc.integer({ min: 1, max: 20_000 }) });
    fc.assert(
      fc.property(given, ({ linger, partitions }) => {
        const refused = codeOf(() => requireLinger({ linger, partitions }));
        const millis = repeatMillis({ linger, partitions });
        const blocks = partitions * (millis / Math.max(linger, 5));
        expect({ blocks: blocks <= 10_000, isRefused: refused !== undefined }).toEqual({
          blocks: true,
          isRefused: linger < shortestLinger(partitions),
        });
        expect(refused !== undefined || millis >= 5_000).toBe(true);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('counts on as many blocks as the migrations make every table remember', () => {
    const folder = join(import.meta.dirname, '../../../../migrations/clickhouse');
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const windows = texts.flatMap((text) =>
      [...text.matchAll(/non_replicated_deduplication_window = (\d+)/g)].map(([, blocks]) => blocks),
    );
    expect(windows.length).toBeGreaterThan(30);
    expect(new Set(windows)).toEqual(new Set(['10000']));
    const refused = codeOf(() => requireLinger({ linger: 5, partitions: 12 }));
    expect(refused).toMatchObject({ message: expect.stringContaining('remembers 10000 blocks') });
  });

  it('is refused below the edge with the variable, its least value and the reason', () => {
    expect([shortestLinger(10), shortestLinger(11), shortestLinger(12), shortestLinger(1_000)]).toEqual([
      0, 6, 6, 500,
    ]);
    expect(codeOf(() => requireLinger({ linger: 6, partitions: 12 }))).toBeUndefined();
    expect(codeOf(() => requireLinger({ linger: 5, partitions: 12 }))).toMatchObject({
      code: 'linger_too_short',
      message: expect.stringContaining(
        'with 12 partitions TRIBUTARY_BATCH_LINGER_MS must be at least 6 and is 5',
      ),
    });
  });
});
