import type { Findings } from '../facts/findings.ts';
import { numberIn, whyNoNumber } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';
import type { KnownColumns } from './column-names.ts';
import type { MixtureTable } from './mixture-table.ts';

export type SliceWeight = { readonly slice: string; readonly weight: number };

/** A row of a mixture table: a mixture, and the known columns of its run. */
export type MixtureRow = {
  readonly key: string;
  readonly line: number;
  /** The weights as written. The weights of buckets are products of domain and fraction. */
  readonly weights: readonly SliceWeight[];
  /** The sum of the weights. */
  readonly sum: number;
  readonly seed?: number;
  readonly tokens?: number;
  readonly step?: number;
  readonly arm?: string;
  readonly design?: string;
  readonly split?: string;
  readonly config: Readonly<Record<string, string | number>>;
};

/** Rounded shares sum to nearly one. A row with a larger deviation is rejected. */
const TOLERANCE = 0.01;
/** The rounding error of shares with six digits. */
export const ROUNDING = 1e-5;

/** The valid rows. Invalid rows are rejected with the location of their first error. */
export function mixtureRows(mixtures: MixtureTable, findings: Findings): MixtureRow[] {
  const lines = new Map<string, number>();
  return mixtures.table.rows.flatMap((row) => {
    const parsed = readRow(mixtures, row, lines);
    if ('reason' in parsed) {
      findings.reject(`${mixtures.table.path}:${row.line}`, parsed.pointer, parsed.reason);
      return [];
    }
    lines.set(parsed.key, row.line);
    if (Math.abs(parsed.sum - 1) > ROUNDING) {
      findings.warn(
        'shares_renormalised',
        `${mixtures.table.path}:${row.line} sums to ${rounded(parsed.sum)}`,
      );
    }
    return [parsed];
  });
}

type RowFault = { readonly pointer: string; readonly reason: string };

function readRow(
  mixtures: MixtureTable,
  row: TableRow,
  lines: ReadonlyMap<string, number>,
): MixtureRow | RowFault {
  const { table, known } = mixtures;
  const text: CellText = (column) => (column === undefined ? undefined : row.cells[column] || undefined);
  const key = text(mixtures.key);
  const keyColumn = table.columns[mixtures.key] ?? '';
  if (key === undefined) return { pointer: keyColumn, reason: 'the key is empty' };
  const first = lines.get(key);
  if (first !== undefined)
    return { pointer: keyColumn, reason: `the key ${key} is already used in line ${first}` };
  const weights = readWeights(mixtures, row);
  if ('reason' in weights) return weights;
  const wrong = notWhole(mixtures, row);
  if (wrong) return wrong;
  return {
    key,
    line: row.line,
    ...weights,
    ...wholeNumbers(known, text),
    ...labels(known, text),
    config: configOf(mixtures, row),
  };
}

type CellText = (column: number | undefined) => string | undefined;

function wholeNumbers(known: KnownColumns, text: CellText) {
  const [seed, tokens, step] = [known.seed, known.tokens, known.step].map((column) =>
    numberIn(text(column) ?? ''),
  );
  return {
    ...(seed !== undefined && { seed }),
    ...(tokens !== undefined && { tokens }),
    ...(step !== undefined && { step }),
  };
}

function labels(known: KnownColumns, text: CellText) {
  const [arm, design, split] = [known.arm, known.design, known.split].map(text);
  return {
    ...(arm !== undefined && { arm }),
    ...(design !== undefined && { design }),
    ...(split !== undefined && { split }),
  };
}

function readWeights(
  mixtures: MixtureTable,
  row: TableRow,
): { weights: SliceWeight[]; sum: number } | RowFault {
  const { columns } = mixtures.table;
  const cell = (column: number) => row.cells[column] ?? '';
  for (const { column } of [...mixtures.shares, ...mixtures.buckets]) {
    const number = numberIn(cell(column));
    const pointer = columns[column] ?? '';
    if (number === undefined) return { pointer, reason: whyNoNumber(cell(column)) };
    if (number < 0) return { pointer, reason: `the share ${cell(column)} is negative` };
    if (number > 1 + TOLERANCE) return { pointer, reason: `the share ${cell(column)} is greater than 1` };
  }
  const number = (column: number) => numberIn(cell(column)) ?? 0;
  const sum = mixtures.shares.reduce((total, { column }) => total + number(column), 0);
  if (Math.abs(sum - 1) > TOLERANCE + 1e-9)
    return { pointer: '', reason: `the shares sum to ${rounded(sum)} instead of 1` };
  const weights = mixtures.shares.flatMap(({ column, slice, buckets }) => {
    if (buckets.length === 0) return [{ slice, weight: number(column) }];
    const fractions = buckets.map((part) => ({ slice: part.slice, fraction: number(part.column) }));
    const rest = Math.max(0, 1 - fractions.reduce((total, { fraction }) => total + fraction, 0));
    const parts = [...fractions, { slice: `${slice}/plain`, fraction: rest }];
    return parts.map((part) => ({ slice: part.slice, weight: rounded(number(column) * part.fraction) }));
  });
  return { weights, sum };
}

function notWhole({ table, known }: MixtureTable, row: TableRow): RowFault | undefined {
  const columns = [known.seed, known.tokens, known.step].filter((column) => column !== undefined);
  const wrong = columns.find((column) => {
    const cell = row.cells[column] ?? '';
    const number = numberIn(cell) ?? NaN;
    return cell !== '' && !(Number.isSafeInteger(number) && number >= 0);
  });
  if (wrong === undefined) return undefined;
  return { pointer: table.columns[wrong] ?? '', reason: `"${row.cells[wrong] ?? ''}" is not a whole number` };
}

function configOf({ table, others }: MixtureTable, row: TableRow): Record<string, string | number> {
  const members = others.map((column) => {
    const cell = row.cells[column] ?? '';
    return [table.columns[column] ?? '', numberIn(cell) ?? cell] as const;
  });
  return Object.fromEntries(members);
}

/** Removes binary rounding errors. */
const rounded = (number: number): number => Number(number.toPrecision(12));
