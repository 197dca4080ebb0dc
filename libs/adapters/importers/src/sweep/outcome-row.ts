import type { Findings } from '../facts/findings.ts';
import { numberIn, whyNoNumber } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';
import { metricOf } from '../facts/metric.ts';
import type { Metric } from '../facts/metric.ts';
import type { LongOutcomes, OutcomeTable, WideOutcomes } from './outcome-table.ts';

export type Outcome = {
  readonly key: string;
  readonly line: number;
  readonly capability: string;
  readonly metric: Metric;
  readonly value: number;
  readonly items?: number;
  readonly stderr?: number;
};

/** The valid outcomes. Invalid cells are rejected one by one. */
export function outcomesOf(outcomes: OutcomeTable, findings: Findings): Outcome[] {
  const seen = new Map<string, number>();
  const { table } = outcomes;
  return table.rows.flatMap((row) => {
    const source = `${table.path}:${row.line}`;
    const key = row.cells[outcomes.key] ?? '';
    const keyColumn = table.columns[outcomes.key] ?? '';
    if (key === '') {
      findings.reject(source, keyColumn, 'the key is empty');
      return [];
    }
    const identity = outcomes.shape === 'wide' ? key : longIdentity(outcomes, row, key);
    const first = seen.get(identity);
    if (first !== undefined) {
      findings.reject(source, keyColumn, `the row repeats the outcome of ${key} in line ${first}`);
      return [];
    }
    seen.set(identity, row.line);
    return outcomes.shape === 'wide'
      ? wideRow(outcomes, row, key, findings)
      : longRow(outcomes, row, key, findings);
  });
}

const longIdentity = ({ name, metric }: LongOutcomes, { cells }: TableRow, key: string): string =>
  JSON.stringify([key, cells[name], metric === undefined ? '' : cells[metric]]);

function wideRow(wide: WideOutcomes, row: TableRow, key: string, findings: Findings): Outcome[] {
  return wide.outcomes.flatMap(({ column, capability, metric }) => {
    const cell = row.cells[column] ?? '';
    const value = numberIn(cell);
    if (value !== undefined) return [{ key, line: row.line, capability, metric, value }];
    findings.reject(`${wide.table.path}:${row.line}`, wide.table.columns[column] ?? '', whyNoNumber(cell));
    return [];
  });
}

function longRow(long: LongOutcomes, row: TableRow, key: string, findings: Findings): Outcome[] {
  const cell: CellAt = (column) => row.cells[column] ?? '';
  const capability = cell(long.name);
  const value = numberIn(cell(long.value));
  const items = optionalNumber(long.items, cell);
  const stderr = optionalNumber(long.stderr, cell);
  const fault = faultIn(long, cell, { items, stderr });
  if (fault || value === undefined) {
    const { column, reason } = fault ?? { column: long.value, reason: whyNoNumber(cell(long.value)) };
    findings.reject(`${long.table.path}:${row.line}`, long.table.columns[column] ?? '', reason);
    return [];
  }
  const metricName = long.metric === undefined ? (long.table.columns[long.value] ?? '') : cell(long.metric);
  const metric = metricOf(metricName || 'value', capability);
  const optional = { ...(items && { items: items.number }), ...(stderr && { stderr: stderr.number }) };
  return [{ key, line: row.line, capability, metric, value, ...optional }];
}

type CellAt = (column: number) => string;
type OptionalCell = { readonly column: number; readonly number: number } | undefined;

function faultIn(
  long: LongOutcomes,
  cell: CellAt,
  { items, stderr }: { items: OptionalCell; stderr: OptionalCell },
) {
  if (cell(long.name) === '') return { column: long.name, reason: 'the outcome has no name' };
  if (items && !(Number.isSafeInteger(items.number) && items.number >= 1)) {
    return { column: items.column, reason: `"${cell(items.column)}" is not a count of items` };
  }
  if (stderr && !(stderr.number >= 0)) {
    return { column: stderr.column, reason: `"${cell(stderr.column)}" is not a standard error` };
  }
  return undefined;
}

/** The number in an optional column. An empty cell is absent; any other text is NaN and rejected later. */
function optionalNumber(column: number | undefined, cell: CellAt): OptionalCell {
  if (column === undefined || cell(column) === '') return undefined;
  return { column, number: numberIn(cell(column)) ?? NaN };
}
