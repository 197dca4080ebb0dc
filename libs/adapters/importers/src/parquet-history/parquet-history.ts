import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { microsOf, spanOf } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordPoints } from '../run-history/record-points.ts';
import { fileRunName } from '../run-history/run-name.ts';
import { startRun } from '../run-history/start-run.ts';
import { parquetColumns, parquetTable } from '../files/parquet-table.ts';

/**
 * Run histories that W&B exports to Parquet: one row a step, with `_step` and one column for each metric. `_timestamp`
 * is the time of a row in seconds. An empty cell is no value; NaN is a value.
 */
export const parquetHistory = fileImporter({
  kind: 'parquet-history',
  version: '1.0',
  takes: ['run'],
  looksFor: 'a run history that W&B exported to Parquet (with a column _step)',
  recognise,
  async readFile(file, collector, request) {
    const table = await parquetTable(file);
    if (typeof table === 'string' || !table.columns.has('_step')) {
      collector.findings.reject(
        file.path,
        '',
        typeof table === 'string' ? table : 'the file has no column _step',
      );
      return;
    }
    const sha256 = await file.sha256();
    const runId = fileRunName(file, request, sha256);
    const attempt = { runId, attempt: 1 };
    startRun(collector, { sha256, pointer: 'row:1' }, attempt);
    const points = table.rows.flatMap((row, index) => rowPoints(row, index + 1));
    recordPoints(collector, { sha256, pointer: spanOf('rows') }, attempt, points);
    reportTextCells(collector, file.path, table.rows);
  },
});

async function recognise(file: SourceFile) {
  const columns = await parquetColumns(file);
  if (!columns?.has('_step') || columns.size < 2 || columns.has('attribute_path')) return undefined;
  return {
    confidence: 0.9,
    evidence: `is Parquet with a column _step and ${columns.size - 1} other columns`,
  };
}

const ROW_KEYS = new Set(['_step', '_timestamp']);

function rowPoints(row: Readonly<Record<string, unknown>>, at: number): Point[] {
  const step = numberIn(row['_step']);
  const stamp = row['_timestamp'];
  const time = microsOf(stamp instanceof Date ? stamp.getTime() / 1000 : numberIn(stamp));
  return Object.entries(row).flatMap(([key, cell]): Point[] => {
    const value = numberIn(cell);
    return ROW_KEYS.has(key) || value === undefined ? [] : [{ key, step: step ?? null, value, time, at }];
  });
}

function numberIn(cell: unknown): number | undefined {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell);
  return undefined;
}

function reportTextCells(
  collector: FactCollector,
  path: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): void {
  for (const [index, row] of rows.entries()) {
    for (const [key, cell] of Object.entries(row)) {
      if (cell === null || cell === undefined || ROW_KEYS.has(key) || numberIn(cell) !== undefined) continue;
      collector.findings.warn('value_is_no_number', `${path}:row:${index + 1} ${key}`);
    }
  }
}
