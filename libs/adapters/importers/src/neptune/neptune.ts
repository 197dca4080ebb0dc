import { groupBy, rfc3339 } from '@tributary/kernel';
import { filterHeld } from '../files/folder.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import { parquetColumns, parquetTable } from '../files/parquet-table.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { microsOf, spanOf } from '../run-history/point.ts';
import { recordPoints } from '../run-history/record-points.ts';
import { boundedName } from '../run-history/run-name.ts';
import { seedsIn, startRun } from '../run-history/start-run.ts';
import { attributeRow } from './attribute-row.ts';
import type { AttributeRow } from './attribute-row.ts';

const NAME = { kind: 'neptune', version: '1.0', looksFor: 'Parquet parts written by neptune-exporter' };

/**
 * Exports of neptune-exporter: one value a row, in parts with any number of runs. Numbers with a step are metrics; a
 * step is a decimal number. Attributes without a step are the configuration, except those that name people or machines.
 * Files, histograms and text series are counted and left out.
 */
export const neptune: Importer = { ...NAME, detect, read };

const COLUMNS = ['attribute_path', 'attribute_type'];
const OWNERS = ['run_id', 'model_id', 'model_version_id'];

/** Whether the columns are those of an export. Empty columns can be missing. */
const isExport = (columns: ReadonlyMap<string, string>): boolean =>
  COLUMNS.every((column) => columns.has(column)) &&
  OWNERS.some((column) => columns.has(column)) &&
  [...columns.keys()].some((column) => /^(int|float|string|bool|datetime|string_set)_value$/.test(column));

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const parts = await filterHeld(files, async (file) => isExport((await parquetColumns(file)) ?? new Map()));
  if (parts.length === 0) return [];
  const evidence = parts.map(
    ({ path }) => `${path} is Parquet with ${COLUMNS.join(', ')} and value columns by type`,
  );
  return [{ files: parts, confidence: 0.97, evidence }];
}

/** A row with the digest of its part and its 1-based number in it. */
type NumberedRow = AttributeRow & { readonly sha256: string; readonly at: number };

async function read(folder: Folder, _request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const rows: NumberedRow[] = [];
  const known = new Map<string, string>();
  for (const file of folder.files.toSorted(byPartNumber)) {
    const sha256 = await file.sha256();
    const before = known.get(sha256);
    known.set(sha256, before ?? file.path);
    if (before === undefined) for (const row of await rowsOf(file, collector)) rows.push(row);
    else collector.findings.warn('file_repeated', `${file.path} is a copy of ${before}`);
  }
  for (const [runId, members] of groupBy(rows, (row) => row.runId)) readRun(collector, runId, members);
  return collector.finish();
}

/** Sorts parts by number, because the numbers have no leading zeros. */
function byPartNumber(left: SourceFile, right: SourceFile): number {
  const part = ({ name }: SourceFile) => Number(/_part_(\d+)/.exec(name)?.[1] ?? 0);
  return part(left) - part(right) || (left.path < right.path ? -1 : 1);
}

async function rowsOf(file: SourceFile, collector: FactCollector): Promise<NumberedRow[]> {
  const table = await parquetTable(file);
  if (typeof table === 'string') {
    collector.findings.reject(file.path, '', table);
    return [];
  }
  const sha256 = await file.sha256();
  return table.rows.flatMap((cells, index): NumberedRow[] => {
    const row = attributeRow(cells);
    if (row) return [{ ...row, sha256, at: index + 1 }];
    collector.findings.reject(
      `${file.path}:row:${index + 1}`,
      '',
      'the row has no run id or no attribute_path',
    );
    return [];
  });
}

function readRun(collector: FactCollector, runId: string, rows: readonly NumberedRow[]): void {
  const name = { runId: boundedName(runId), attempt: 1 };
  const [first] = rows;
  if (!first) return;
  const series = rows.filter(isSeries);
  startNeptuneRun(
    collector,
    name,
    first,
    rows.filter((row) => !isSeries(row)),
  );
  for (const [sha256, part] of groupBy(series, (row) => row.sha256)) {
    const points = part.flatMap(({ path, step, time, value, at }) =>
      value.kind === 'number' ? [{ key: path, step, value: value.number, time, at }] : [],
    );
    recordPoints(collector, { sha256, pointer: spanOf('rows') }, name, points);
  }
  endFailed(collector, name, rows);
  reportOmitted(collector, rows);
}

const isSeries = ({ type, step }: AttributeRow): boolean => step !== null || type.endsWith('_series');

/** Attributes that name a person or a machine. */
const PERSONAL =
  /^sys\/(owner|hostname|user|members?)$|^source_code\/|(^|\/)(hostname|username|user_name|email)$/i;

function startNeptuneRun(
  collector: FactCollector,
  name: { runId: string; attempt: number },
  first: NumberedRow,
  attributes: readonly NumberedRow[],
): void {
  const known = attributes.filter(({ path }) => !PERSONAL.test(path));
  const config = Object.fromEntries(
    known.flatMap(({ path, value }): [string, unknown][] => {
      if (value.kind === 'number')
        return [[path, Number.isFinite(value.number) ? value.number : String(value.number)]];
      return value.kind === 'plain' ? [[path, value.plain]] : [];
    }),
  );
  const created = microsOf(Date.parse(String(config['sys/creation_time'])) / 1000);
  const display = config['sys/name'];
  const params = Object.entries(config).map(([path, value]) => [path.replace(/^.*\//, ''), value] as const);
  startRun(
    collector,
    { sha256: first.sha256, pointer: `row:${first.at}` },
    {
      ...name,
      config,
      seeds: seedsIn(Object.fromEntries(params)),
      ...(typeof display === 'string' && display !== '' && { name: display.slice(0, 512) }),
      ...(first.project !== undefined && { projectId: first.project.slice(0, 256) }),
      ...(created !== undefined && { time: rfc3339(created) }),
    },
  );
}

/** Records the end of a failed run. Neptune does not state that a run ended successfully. */
function endFailed(
  collector: FactCollector,
  name: { runId: string; attempt: number },
  rows: readonly NumberedRow[],
): void {
  const failed = rows.find(({ path }) => path === 'sys/failed');
  if (failed?.value.kind !== 'plain' || failed.value.plain !== true) return;
  collector.add({ sha256: failed.sha256, pointer: `row:${failed.at}` }, name.runId, {
    type: 'training.run.ended',
    data: { ...name, status: 'failed' },
  });
}

function reportOmitted(collector: FactCollector, rows: readonly NumberedRow[]): void {
  for (const row of rows) {
    const { value, path, runId } = row;
    const example = `${runId}: ${path} (${row.type || 'no type'})`;
    if (value.kind === 'file') collector.findings.warn('file_left_out', example);
    if (value.kind === 'histogram') collector.findings.warn('histogram_left_out', example);
    if (value.kind === 'plain' && isSeries(row)) collector.findings.warn('value_is_no_number', example);
    if (PERSONAL.test(path)) collector.findings.warn('personal_left_out', path);
  }
}
