import { parquetGroups } from '../../files/parquet-table.ts';
import type { SourceFile } from '../../files/folder.ts';
import { scalarText } from './json-rows.ts';
import type { RowSource } from './row.ts';

/** The rows of a Parquet file, a group of rows at a time. Rows count from 1. */
export function parquetRows(file: SourceFile, columns: readonly string[]): RowSource {
  return {
    unit: 'row',
    columns,
    async *rows(refusals) {
      let at = 0;
      for await (const group of parquetGroups(file)) {
        if (typeof group === 'string') return refusals.refuse(at + 1, '', group);
        yield group.map((row) => {
          at += 1;
          const cells = new Map(Object.entries(row));
          return { at, cells: columns.map((column) => scalarText(cells.get(column))) };
        });
      }
      return undefined;
    },
  };
}
