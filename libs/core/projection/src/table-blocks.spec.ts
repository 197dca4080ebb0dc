import type { RecordedEvent } from '@tributary/event-log';
import { formatEventPosition } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { Blocks } from './table-blocks.ts';

const EVENT: RecordedEvent = {
  source: 'urn:test',
  id: 'a',
  type: 'training.run.ended',
  stream: '',
  bytes: new Uint8Array(),
  position: formatEventPosition(1),
  streamSequence: 1,
  recordTime: 0,
  hash: '',
};

/** Blocks that are the numbers of their rows. */
const counting = () => {
  let rows = 0;
  return {
    add: (more: readonly unknown[]) => void (rows += more.length),
    addColumns: (_columns: unknown, count: number) => void (rows += count),
    finish: () => rows,
  };
};

it('spreads the rows of one event over blocks of fewer rows than the engine accepts at once', async () => {
  const sink = {
    openBlock: () => Promise.resolve(counting()),
    insert: () => Promise.resolve(),
    empty: () => Promise.resolve(),
  };
  const blocks = new Blocks(sink, 'mixture_weight');
  await blocks.take(EVENT, { count: 600_000, columns: { weight: 1 } });
  expect(blocks.isFull).toBe(true);
  const rows = blocks.finish().map((one) => one.rows);
  expect(rows).toHaveLength(3);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(600_000);
  expect(Math.max(...rows)).toBeLessThan(260_000);
});
