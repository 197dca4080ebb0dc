import { numberIn } from './number.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object with members; undefined where it is none. */
export function objectIn(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a list; undefined where it is none. */
export function listIn(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The text without space around it, halves of characters replaced; undefined where it is empty or no text. */
export function textIn(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim().toWellFormed() : '';
  return text === '' ? undefined : text;
}

/** Texts of a list, or of one text that stands for a list of one. */
export function textsIn(value: unknown): string[] {
  const items = listIn(value) ?? [value];
  return items.flatMap((item) => textIn(item) ?? []);
}

/** A finite number, also where it is written as text: Python allows `3_450_001`. */
export function looseNumberIn(value: unknown): number | undefined {
  if (typeof value === 'string') return numberIn(value.trim().replaceAll(/(?<=\d)_(?=\d)/g, ''));
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A whole number from zero that is exact in JSON, also where it is written as text. */
export const looseCountIn = (value: unknown): number | undefined => countIn(looseNumberIn(value));

/** A whole number from zero that is exact in JSON; undefined otherwise. */
export function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The members that say something: null and undefined are left out. */
export function stated(members: JsonObject): Record<string, unknown> {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept);
}

/** A JSON pointer (RFC 6901) to nested members. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
