import { groupBy } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import type { Table } from '../files/table.ts';
import { columnSlice, sliceNames, stripCommon, bucketOf, knownColumns } from './column-names.ts';
import type { KnownColumns } from './column-names.ts';
import { namesMetric } from '../facts/metric.ts';
import { isNumeric, shareColumns } from './share-columns.ts';

/** The column of a share, or of a bucket that splits the share of a domain. */
type ShareColumn = {
  readonly column: number;
  readonly slice: string;
  readonly buckets: readonly BucketColumn[];
};
type BucketColumn = { readonly column: number; readonly domain: string; readonly slice: string };

export type MixtureTable = {
  readonly table: Table;
  readonly key: number;
  readonly known: KnownColumns;
  readonly shares: readonly ShareColumn[];
  readonly buckets: readonly BucketColumn[];
  /** Columns without a known meaning. They go into the configuration of a run. */
  readonly others: readonly number[];
};

/**
 * Recognises a mixture table: neighbouring columns whose numbers sum to one in each row. A table without a key column
 * is rejected.
 */
export function mixtureTable(table: Table, findings: Findings): MixtureTable | undefined {
  const known = knownColumns(table.columns);
  const named = new Set(Object.values(known));
  const candidates = table.columns.flatMap((column, index) =>
    !named.has(index) && !bucketOf(column) && !namesMetric(column) && isNumeric(table.rows, index)
      ? [index]
      : [],
  );
  const chosen = shareColumns(table.rows, candidates);
  if (chosen.length === 0) return undefined;
  const key = known.key ?? firstDistinct(table, chosen);
  if (key === undefined) {
    findings.reject(
      `${table.path}:1`,
      '',
      'the rows are mixtures, but no column identifies them; add one such as index, run_id or key',
    );
    return undefined;
  }
  return {
    table,
    key,
    known,
    ...splitByBuckets(table, chosen, findings),
    others: othersOf(table, new Set([key, ...chosen, ...named])),
  };
}

function firstDistinct(table: Table, taken: readonly number[]): number | undefined {
  const values = new Set(table.rows.map(({ cells }) => cells[0]));
  return !taken.includes(0) && values.size >= 0.9 * table.rows.length ? 0 : undefined;
}

function othersOf(table: Table, taken: ReadonlySet<number>): number[] {
  return table.columns.flatMap((column, index) => (taken.has(index) || bucketOf(column) ? [] : [index]));
}

function splitByBuckets(table: Table, chosen: readonly number[], findings: Findings) {
  const columns = chosen.map((index) => table.columns[index] ?? '');
  const slices = sliceNames(stripCommon(columns).names);
  /* A domain is named by its slice or by its whole column; of two that are named so, it is the first. */
  const positions = new Map<string, number>();
  const first = (name: string) => positions.get(name) ?? Infinity;
  for (const [at, slice] of slices.entries()) positions.set(`slice ${slice}`, at);
  for (const [at, column] of columns.entries())
    if (first(`column ${column}`) === Infinity) positions.set(`column ${column}`, at);
  const buckets = table.columns.flatMap((name, column) => {
    const parts = bucketOf(name);
    if (!parts) return [];
    const domain =
      slices[Math.min(first(`slice ${columnSlice(parts.domain)}`), first(`column ${parts.domain}`))];
    if (domain) return [{ column, domain, slice: `${domain}/${columnSlice(parts.bucket)}` }];
    findings.warn(
      'bucket_without_domain',
      `${table.path}: ${name} splits ${parts.domain}, but there is no such column`,
    );
    return [];
  });
  const byDomain = groupBy(buckets, ({ domain }) => domain);
  const shares = chosen.map((column, at) => {
    const slice = slices[at] ?? 'slice';
    return { column, slice, buckets: byDomain.get(slice) ?? [] };
  });
  return { shares, buckets };
}

/** The slices of a mixture table with a description of their columns. */
export function sliceOrigins({ table, shares }: MixtureTable): { slice: string; origin: string }[] {
  const of = (column: number) =>
    `column ${table.columns[column] ?? ''} of ${table.path.slice(table.path.lastIndexOf('/') + 1)}`;
  return shares.flatMap(({ column, slice, buckets }) => {
    if (buckets.length === 0) return [{ slice, origin: of(column) }];
    const parts = buckets.map((part) => ({
      slice: part.slice,
      origin: `${of(part.column)}, a fraction of ${of(column)}`,
    }));
    return [...parts, { slice: `${slice}/plain`, origin: `the rest of ${of(column)}` }];
  });
}
