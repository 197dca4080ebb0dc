import { expect, it } from 'vitest';
import { sourceRow } from './source-row.ts';

it.each([
  ['web/a.parquet', 7, { path: 'web/a.parquet', row: 7 }],
  ['web/a.parquet', 0n, { path: 'web/a.parquet', row: 0 }],
  [null, 7, undefined],
  ['web/a.parquet', null, undefined],
  ['', 7, undefined],
  ['web/a.parquet', -1, undefined],
  ['web/a.parquet', 0.5, undefined],
  ['web/a.parquet', '7', undefined],
])('the source row of %s and %s is %o', (path, row, expected) => {
  expect(sourceRow({ parquet_path: path, parquet_row: row })).toEqual(expected);
});
