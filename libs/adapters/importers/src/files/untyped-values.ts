import { tolerantJson } from '@tributary/json';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is an object with members, undefined otherwise. */
export function objectIn(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** The value if it is a list, undefined otherwise. */
export function listIn(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The trimmed string with lone surrogates replaced. Undefined if the value is empty or not a string. */
export function textIn(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim().toWellFormed() : '';
  return text === '' ? undefined : text;
}

/** What programs write where a value is missing: `str(None)` of Python, and its relatives. */
const MISSING = /^(none|null|nan|undefined)$/i;

/** The text as `textIn` reads it, where it states a value: the text `None` is no name, address or version. */
export function statedIn(value: unknown): string | undefined {
  const text = textIn(value);
  return text === undefined || MISSING.test(text) ? undefined : text;
}

/** The strings of a list. A single string counts as a list of one. */
export function textsIn(value: unknown): string[] {
  const items = listIn(value) ?? [value];
  return items.flatMap((item) => textIn(item) ?? []);
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The finite number that a cell holds in decimal notation, or undefined. */
export function numberIn(cell: string): number | undefined {
  if (!NUMBER.test(cell)) return undefined;
  const number = Number(cell);
  return Number.isFinite(number) ? number : undefined;
}

/** The reason why `numberIn` finds no number in a cell, for a rejection. */
export function whyNoNumber(cell: string): string {
  if (cell === '') return 'the cell is empty';
  if (/^[+-]?(nan|null|none|na|n\/a|inf|infinity)$/i.test(cell)) return `${cell} is not a finite number`;
  return `"${cell.slice(0, 40)}" is not a number`;
}

/** A finite number, also if it is written as a string. Python's `3_450_001` is accepted. */
export function looseNumberIn(value: unknown): number | undefined {
  if (typeof value === 'string') return numberIn(value.trim().replaceAll(/(?<=\d)_(?=\d)/g, ''));
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A non-negative safe integer, also if it is written as a string. */
export const looseCountIn = (value: unknown): number | undefined => countIn(looseNumberIn(value));

/** A non-negative safe integer, undefined otherwise. */
export function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The members without those that are null or undefined. */
export function omitNullish(members: JsonObject): Record<string, unknown> {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept);
}

/** The text parsed as JSON, with bare NaN and Infinity as numbers. Undefined if it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return tolerantJson(text);
  } catch {
    return undefined;
  }
}

/** A JSON pointer (RFC 6901) to nested members. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A recursive walk through deeper values would overflow the stack, and no configuration nests that deep. */
const MAX_DEPTH = 64;

/** Whether objects and lists nest deeper than a recursive walk should follow. */
export function isTooDeep(value: unknown, left = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((member) => isTooDeep(member, left - 1));
}
