import type { LinearPattern } from './linear-pattern.ts';
import type { NumberFormat } from './cell.ts';

/**
 * What a map says where a value is: a column of a table or group of a pattern, a constant, or a group that keeps its
 * last value where a line has none.
 */
export type Reference = { readonly column: string } | { readonly is: string } | { readonly lastOf: string };

/** The values that a row can have, besides metrics, slices and benchmarks that are columns of their own. */
export const ROLES = [
  'run',
  'model',
  'seed',
  'attempt',
  'restart',
  'step',
  'first_step',
  'last_step',
  'time',
  'metric',
  'value',
  'tokens',
  'slice',
  'shard',
  'tokenizer',
  'benchmark',
  'score',
  'stderr',
  'items',
  'shots',
  'split',
  'harness',
  'unit',
  'direction',
] as const;

export type Role = (typeof ROLES)[number];

/** Columns by the name of the metric, slice or benchmark that they hold; `all` for every other column of numbers. */
export type WideColumns = ReadonlyMap<string, string> | 'all';

/** How the rows of a table or the lines of a log become facts. */
export type FileMap = {
  readonly reads: 'table' | 'log';
  /** Of a log: a line is read by the first pattern that matches it. */
  readonly patterns: readonly LinearPattern[];
  /** Of a log: matched again and again in the group `pairs`, or in the whole line if no pattern has it. */
  readonly pairs: LinearPattern | undefined;
  /** Matched in the path of the file; its groups are columns that have the same value in each row. */
  readonly path: LinearPattern | undefined;
  /**
   * Matched in the names of the columns of a table: each column that matches becomes rows of its own, with the groups of
   * the pattern and its cell as `value`. A column for which the group `skip` matches is left out.
   */
  readonly columns: LinearPattern | undefined;
  /** Of a table without a header: its columns in their order; empty for one that is left out. */
  readonly names: readonly string[] | undefined;
  readonly numbers: NumberFormat;
  readonly roles: ReadonlyMap<Role, Reference>;
  readonly metrics: WideColumns | undefined;
  readonly slices: WideColumns | undefined;
  readonly benchmarks: WideColumns | undefined;
};

/** The columns that a reference names. */
export function columnOf(reference: Reference | undefined): string | undefined {
  if (reference === undefined || 'is' in reference) return undefined;
  return 'column' in reference ? reference.column : reference.lastOf;
}

/** Every column that a map names, in its order, each once. */
export function columnsIn({ roles, metrics, slices, benchmarks }: FileMap): string[] {
  const wide = [metrics, slices, benchmarks].flatMap((columns) =>
    columns === undefined || columns === 'all' ? [] : [...columns.values()],
  );
  const named = [...roles.values()].flatMap((reference) => columnOf(reference) ?? []);
  return [...new Set([...named, ...wide])];
}

/** What the rows of a map become. */
export function factsOfMap({ roles, metrics, slices, benchmarks }: FileMap): {
  readonly steps: boolean;
  readonly exposure: boolean;
  readonly scores: boolean;
} {
  const scores = benchmarks !== undefined || (roles.has('benchmark') && roles.has('score'));
  const exposure = slices !== undefined || (roles.has('slice') && roles.has('tokens'));
  const long = roles.has('metric') && roles.has('value');
  const perStep = roles.has('tokens') && roles.has('step') && !exposure && !scores;
  return { steps: metrics !== undefined || long || perStep, exposure, scores };
}
