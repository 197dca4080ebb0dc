import type { Findings } from '../facts/findings.ts';
import { numberIn, whyNoNumber } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';
import type { KnownColumns } from './column-names.ts';
import type { MixtureTable } from './mixture-table.ts';

export type SliceWeight = { readonly slice: string; readonly weight: number };

/** One row: a mixture, and what else the row says of the run that followed it. */
export type MixtureRow = {
  readonly key: string;
  readonly line: number;
  /** As they stand in the file; the parts of a split domain are products. */
  readonly weights: readonly SliceWeight[];
  /** What the weights of the row sum to. */
  readonly sum: number;
  readonly seed?: number;
  readonly tokens?: number;
  readonly step?: number;
  readonly arm?: string;
  readonly design?: string;
  readonly split?: string;
  readonly config: Readonly<Record<string, string | number>>;
};

/** Shares rounded to a few digits sum to something near one; beyond this a row is no mixture. */
const TOLERANCE = 0.01;
/** Rounding of shares that are written with six digits. */
export const ROUNDING = 1e-5;

/** The rows that can be used. Every other row is rejected with the place of its first fault. */
export function mixtureRows(mixtures: MixtureTable, findings: Findings): MixtureRow[] {
  const lines = new Map<string, number>();
  return mixtures.table.rows.flatMap((row) => {
    const read = readRow(mixtures, row, lines);
    if ('reason' in read) {
      findings.reject(`${mixtures.table.path}:${row.line}`, read.pointer, read.reason);
      return [];
    }
    lines.set(read.key, row.line);
    if (Math.abs(read.sum - 1) > ROUNDING) {
      findings.warn('shares_renormalised', `${mixtures.table.path}:${row.line} sums to ${rounded(read.sum)}`);
    }
    return [read];
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
    return { pointer: keyColumn, reason: `the key ${key} is on line ${first} already` };
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
    if (number < 0) return { pointer, reason: `a share is not negative, this one is ${cell(column)}` };
    if (number > 1 + TOLERANCE)
      return { pointer, reason: `a share is at most 1, this one is ${cell(column)}` };
  }
  const number = (column: number) => numberIn(cell(column)) ?? 0;
  const sum = mixtures.shares.reduce((total, { column }) => total + number(column), 0);
  if (Math.abs(sum - 1) > TOLERANCE + 1e-9)
    return { pointer: '', reason: `the shares sum to ${rounded(sum)}, not to 1` };
  const weights = mixtures.shares.flatMap(({ column, slice }) => {
    const inside = mixtures.buckets.filter(({ domain }) => domain === slice);
    if (inside.length === 0) return [{ slice, weight: number(column) }];
    const fractions = inside.map((part) => ({ slice: part.slice, fraction: number(part.column) }));
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

/** Without the noise of binary arithmetic. */
const rounded = (number: number): number => Number(number.toPrecision(12));
