import type { SourceFile } from '../../files/folder.ts';
import { isParquet } from '../../files/parquet-table.ts';
import { cellOf } from '../cell.ts';
import { ROLES } from '../map.ts';
import type { FileMap } from '../map.ts';
import { RowValues } from '../row-values.ts';
import { fileRows, headTextOf } from '../rows/file-rows.ts';
import type { Row } from '../rows/row.ts';
import { noFlaws } from '../rows/text-lines.ts';
import { headFile } from './propose-map.ts';

/** A row before and after a map: its text, and what the map reads from it. */
export type PreviewRow = {
  readonly at: number;
  readonly before: string;
  readonly after: Readonly<Record<string, string | number>>;
};

const MAX_TEXT = 200;

/** The first rows of a file as a map reads them. */
export async function previewMap(file: SourceFile, map: FileMap, limit: number): Promise<PreviewRow[]> {
  const head = (await isParquet(file)) ? undefined : await headTextOf(file);
  const sample = head === undefined ? file : headFile(file, head);
  const source = await fileRows(sample, map, noFlaws(), { lines: 0, first: 0 });
  if (typeof source === 'string') return [];
  const values = new RowValues(map, source);
  const texts = (head ?? '').split('\n');
  const shown: PreviewRow[] = [];
  for await (const batch of source.rows({ refuse: () => undefined })) {
    values.refresh();
    for (const row of batch.slice(0, limit - shown.length)) {
      values.enter(row);
      const before =
        head === undefined || source.unit === 'row'
          ? row.cells.map((cell) => cell ?? '').join(' | ')
          : (texts[row.at - 1] ?? '');
      shown.push({ at: row.at, before: before.trim().slice(0, MAX_TEXT), after: readRow(values, map, row) });
    }
    if (shown.length >= limit) break;
  }
  return shown;
}

function readRow(values: RowValues, map: FileMap, row: Row): PreviewRow['after'] {
  const roles = ROLES.filter((role) => role !== 'metric' && role !== 'value').flatMap((role) => {
    const text = values.text(row, role);
    return text === '' ? [] : [[role, text] as const];
  });
  const wide = [...values.wide(row, 'slices'), ...values.wide(row, 'benchmarks')];
  const measured = [...values.metrics(row).cells, ...wide].flatMap(({ name, text }) => {
    const cell = cellOf(text, map.numbers);
    if (cell.kind === 'empty') return [];
    return [[name, cell.kind === 'number' && Number.isFinite(cell.value) ? cell.value : text] as const];
  });
  return Object.fromEntries([...roles, ...measured]);
}
