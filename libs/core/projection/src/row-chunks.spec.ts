import { expect, it } from 'vitest';
import { countOf, chunksOf, wholeChunk } from './row-chunks.ts';
import type { Rows } from './row-chunks.ts';

const rowsIn = (rows: Rows): unknown[] =>
  'count' in rows ? Array.from({ length: rows.count }, (_, index) => at(rows.columns, index)) : [...rows];

const at = (columns: Readonly<Record<string, unknown>>, index: number) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Array.isArray(column) ? column[index] : column]),
  );

it('leaves rows whole that a block has room for', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({ index }));
  expect(wholeChunk(rows)).toMatchObject({ count: 10_000 });
  expect([...chunksOf(rows)].map(({ count }) => count)).toEqual([10_000]);
});

it.each([
  ['rows', Array.from({ length: 25_001 }, (_, index) => ({ index, name: 'n' }))],
  [
    'columns',
    { count: 25_001, columns: { index: Array.from({ length: 25_001 }, (_, index) => index), name: 'n' } },
  ],
])('cuts %s that are more, and loses none', (_what, rows: Rows) => {
  const chunks = [...chunksOf(rows)];
  expect(chunks.length).toBeGreaterThan(1);
  expect(Math.max(...chunks.map(({ count }) => count))).toBeLessThanOrEqual(10_000);
  expect(chunks.flatMap((chunk) => rowsIn(chunk.rows))).toEqual(rowsIn(rows));
});

it('cuts by bytes where rows are long, down to a single row', () => {
  const columns = { text: ['a'.repeat(6_000_000), 'b'.repeat(6_000_000), 'c'] };
  expect([...chunksOf({ count: 3, columns })].map(({ count }) => count)).toEqual([1, 1, 1]);
});

it('cuts typed arrays and the lists of a map with the rest', () => {
  const count = 20_000;
  const steps = Float64Array.from({ length: count }, (_, index) => index);
  const columns = { step: steps, extra: { mfu: Array.from(steps) }, run: 'r' };
  const [, second] = [...chunksOf({ count, columns })];
  expect(second?.rows).toEqual({
    count: 10_000,
    columns: { step: steps.subarray(10_000), extra: { mfu: Array.from(steps).slice(10_000) }, run: 'r' },
  });
  expect(countOf(second?.rows ?? [])).toBe(10_000);
});
