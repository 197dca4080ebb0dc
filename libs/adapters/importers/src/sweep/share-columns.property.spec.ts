import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FreeNames } from '../facts/free-names.ts';
import { shareColumns } from './share-columns.ts';

/** Shares that often sum to one, and cells that are none. */
const cell = fc.constantFrom('0', '0.25', '0.5', '0.5', '0.505', '1', '2', '-1', '', 'x', '1e999');
const tables = fc
  .integer({ min: 1, max: 7 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
  );

/** Each sequence is looked at in each row, the widest first. */
function byTrying(cells: readonly (readonly string[])[]): number[] {
  const width = cells[0]?.length ?? 0;
  const sums = cells.map((row) =>
    row.reduce(
      (before, text) => {
        const share = text === '' ? NaN : Number(text);
        return [...before, (before.at(-1) ?? 0) + (share >= 0 && share < Infinity ? share : NaN)];
      },
      [0],
    ),
  );
  for (let wide = width; wide >= 2; wide -= 1)
    for (let from = 0; from + wide <= width; from += 1) {
      const hits = sums.filter((sum) => Math.abs((sum[from + wide] ?? NaN) - (sum[from] ?? NaN) - 1) <= 0.01);
      if (hits.length > 0 && hits.length >= cells.length / 2)
        return Array.from({ length: wide }, (_, at) => from + at);
    }
  return [];
}

it('finds the columns that trying each sequence finds', () => {
  fc.assert(
    fc.property(tables, (cells) => {
      const rows = cells.map((row, line) => ({ line, cells: row }));
      expect(shareColumns(rows, [...(cells[0] ?? []).keys()])).toEqual(byTrying(cells));
    }),
    { numRuns: 3_000, seed: 15 },
  );
});

it('finds nothing behind a cell that is no share', () => {
  fc.assert(
    fc.property(tables, (cells) => {
      const rows = cells.map((row, line) => ({ line, cells: ['x', ...row] }));
      expect(shareColumns(rows, rows[0] ? [...rows[0].cells.keys()] : [])).toEqual([]);
    }),
    { numRuns: 200, seed: 15 },
  );
});

it('gives the names that counting from two for each name gives', () => {
  const taken = new Set<string>();
  const byCounting = (name: string, ...others: readonly string[]): string => {
    let free = [name, ...others].find((one) => !taken.has(one)) ?? name;
    for (let at = 2; taken.has(free); at += 1) free = `${name}~${at}`;
    taken.add(free);
    return free;
  };
  const name = fc.constantFrom('a', 'b', 'a~2', 'a~3', 'a~2~2', 'b~4');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { maxLength: 40 }), (names) => {
      taken.clear();
      const free = new FreeNames('~');
      expect(names.map((each) => free.take(each[0], each.slice(1)))).toEqual(
        names.map((each) => byCounting(...each)),
      );
    }),
    { numRuns: 500, seed: 15 },
  );
});
