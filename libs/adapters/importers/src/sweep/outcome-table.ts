import type { Table } from '../files/table.ts';
import { stripCommon, knownColumns } from './column-names.ts';
import { metricOf, splitMetric } from '../facts/metric.ts';
import type { Metric } from '../facts/metric.ts';
import { isNumeric } from './share-columns.ts';

/**
 * A wide table has one row a run and one column for each outcome. A long table has one row for each outcome of a run.
 */
export type OutcomeTable = WideOutcomes | LongOutcomes;

export type WideOutcomes = {
  readonly shape: 'wide';
  readonly table: Table;
  readonly key: number;
  readonly outcomes: readonly WideOutcome[];
};
type WideOutcome = { readonly column: number; readonly capability: string; readonly metric: Metric };

export type LongOutcomes = {
  readonly shape: 'long';
  readonly table: Table;
  readonly key: number;
  readonly name: number;
  readonly value: number;
  readonly metric?: number;
  readonly items?: number;
  readonly stderr?: number;
};

const NAME = [/^capability$/i, /^(benchmark|bench)$/i, /^(task|dataset|domain|outcome|eval)$/i, /^metric$/i];
const VALUE = /^(score|value|result|accuracy|acc|loss)$/i;
const ITEMS = /^(n_items|items|num_items|n_samples|n)$/i;
const STDERR = /^(stderr|std_err|se|standard_error)$/i;

/**
 * Recognises an outcome table: a key and at least one numeric column. Pairing decides later whether the keys match a
 * mixture table.
 */
export function outcomeTable(table: Table): OutcomeTable | undefined {
  const known = knownColumns(table.columns);
  const key = known.key ?? 0;
  const find = (pattern: RegExp) => {
    const found = table.columns.findIndex((column, index) => index !== key && pattern.test(column));
    return found < 0 ? undefined : found;
  };
  const value = find(VALUE);
  const name = NAME.map(find).find((column) => column !== undefined && !isNumeric(table.rows, column));
  if (name !== undefined && value !== undefined) {
    const metric = find(/^metric$/i);
    const optional = {
      items: find(ITEMS),
      stderr: find(STDERR),
      metric: metric === name ? undefined : metric,
    };
    const columns = Object.fromEntries(Object.entries(optional).filter(([, column]) => column !== undefined));
    return { shape: 'long', table, key, name, value, ...columns };
  }
  return wideOutcomes(table, key, Object.values(known));
}

function wideOutcomes(table: Table, key: number, named: readonly number[]): WideOutcomes | undefined {
  const columns = table.columns.flatMap((_column, index) =>
    index !== key && !named.includes(index) && isNumeric(table.rows, index) ? [index] : [],
  );
  if (columns.length === 0) return undefined;
  const titles = columns.map((column) => table.columns[column] ?? '');
  const { names, suffix } = stripCommon(titles);
  const outcomes = columns.map((column, at) => {
    const name = names[at] ?? '';
    if (suffix !== '') return { column, capability: name, metric: metricOf(suffix, titles[at]) };
    const parts = splitMetric(name);
    return { column, capability: parts.name, metric: metricOf(parts.metric, titles[at]) };
  });
  return { shape: 'wide', table, key, outcomes };
}
