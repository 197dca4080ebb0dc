import { microsOf } from '../run-history/point.ts';

/** How numbers are written, shown by an example. Python's `1_234.5` is always accepted. */
export const NUMBER_FORMATS = ['1234.5', '1234,5', '1,234.5', '1.234,5', '1 234.5', '1 234,5'] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

/** What a cell holds: a number with the unit behind it, nothing, or something else. */
export type Cell =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'other'; readonly reason: string };

const EMPTY: Cell = { kind: 'empty' };
const NO_VALUE = new Set(['', '-', '--', 'na', 'n/a', 'none', 'null', '<na>']);
const SPELLED = new Map([
  ['nan', Number.NaN],
  ['+nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
]);
/** Trainers print `nanms` where they print `12ms` otherwise. */
const SPELLED_WITH_UNIT = /^([+-]?(?:nan|inf(?:inity)?))(ms|us|s|%)?$/;
const MAX_CELL = 64;
const PLAIN = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(?: ?([A-Za-z%µ][A-Za-z%µ/]*))?$/i;
const AMBIGUOUS = /^[+-]?\d{1,3}(,\d{3})+$/;

/** What a cell holds, by the format of numbers of its file. A number is never guessed from an ambiguous one. */
export function cellOf(text: string, format: NumberFormat): Cell {
  const cell = text.trim();
  const lower = cell.slice(0, MAX_CELL).toLowerCase();
  if (NO_VALUE.has(lower)) return EMPTY;
  if (cell.length > MAX_CELL) return { kind: 'other', reason: reasonFor(cell, format) };
  return spelledNumber(lower) ?? digitsNumber(cell, format);
}

function spelledNumber(lower: string): Cell | undefined {
  const [, word = '', unit = ''] = SPELLED_WITH_UNIT.exec(lower) ?? [];
  const value = SPELLED.get(word);
  return value === undefined ? undefined : { kind: 'number', value, unit };
}

function digitsNumber(cell: string, format: NumberFormat): Cell {
  const match = PLAIN.exec(plainNumber(cell, format));
  const value = Number(match?.[1] ?? Number.NaN);
  if (!match || !Number.isFinite(value)) return { kind: 'other', reason: reasonFor(cell, format) };
  return { kind: 'number', value, unit: match[2] ?? '' };
}

/** The number as JavaScript writes it; text that breaks the format is no number. */
function plainNumber(cell: string, format: NumberFormat): string {
  const joined = cell.replaceAll(/(?<=\d)_(?=\d)/g, '');
  const separator = format.startsWith('1234') ? undefined : format[1];
  const decimal = format.endsWith(',5') ? ',' : '.';
  const [whole = '', ...fraction] = joined.split(decimal);
  if (separator === undefined && decimal === '.') return joined;
  const grouped = separator === undefined ? whole : withoutGroups(whole, separator);
  const rest = fraction.length === 0 ? '' : `.${fraction.join(decimal)}`;
  return decimal === ',' && grouped.includes('.') ? '' : `${grouped}${rest}`;
}

/** Digits in groups of three without their separators. Groups of another size are no number and stay. */
function withoutGroups(whole: string, separator: string): string {
  const groups = whole.split(separator);
  const [first = '', ...others] = groups;
  if (others.length === 0) return whole;
  const last = others.at(-1) ?? '';
  const isGrouped =
    /^[+-]?\d{1,3}$/.test(first) &&
    others.slice(0, -1).every((group) => /^\d{3}$/.test(group)) &&
    /^\d{3}(?!\d)/.test(last);
  return isGrouped ? groups.join('') : whole;
}

function reasonFor(cell: string, format: NumberFormat): string {
  const shown = `"${cell.slice(0, 40)}"`;
  if (format === '1234.5' && AMBIGUOUS.test(cell))
    return `${shown} has a separator: say in the map numbers: "1,234.5" if it separates thousands`;
  if (format === '1234.5' && /^[+-]?\d+,\d+$/.test(cell))
    return `${shown} has a comma: say in the map numbers: "1234,5" if it is the decimal sign`;
  return `${shown} is not a number`;
}

/** A non-negative whole number that a cell holds; undefined otherwise. */
export function countOf(text: string, format: NumberFormat): number | undefined {
  const cell = cellOf(text, format);
  if (cell.kind !== 'number' || cell.unit !== '') return undefined;
  return Number.isSafeInteger(cell.value) && cell.value >= 0 ? cell.value : undefined;
}

/** Microseconds since 1970 of seconds or of a time with its zone; undefined otherwise, and where `microsOf` knows none. */
export function timeOf(text: string): number | undefined {
  const cell = cellOf(text, '1234.5');
  if (cell.kind === 'number') return microsOf(cell.value);
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text.trim())) return undefined;
  return microsOf(Date.parse(text.trim().replace(' ', 'T')) / 1000);
}
