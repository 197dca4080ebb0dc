import { isJsonObject } from '@tributary/json';
import { valueIn } from '@tributary/kernel';
import { invalid } from '../errors.ts';

/** The fields of a request in protobuf's JSON form, in which a 64-bit integer may be a string. */
export type RequestFields = Readonly<Record<string, unknown>>;

/** Undefined where the field is absent. Throws MlflowFault for what is not a string, or not one in UTF-8. */
export function optionalString(fields: RequestFields, name: string): string | undefined {
  const value = valueIn(fields, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`${name} must be a string`);
  if (!value.isWellFormed() || value.includes('\0'))
    throw invalid(`${name} contains a NUL or half of a surrogate pair`);
  return value;
}

export function requiredString(fields: RequestFields, name: string): string {
  const value = optionalString(fields, name);
  if (value === undefined || value === '') throw invalid(`${name} is missing`);
  return value;
}

/** The run of a request. Older clients call it `run_uuid`. */
export const runIdOf = (fields: RequestFields): string =>
  optionalString(fields, 'run_id') ?? requiredString(fields, 'run_uuid');

/** An integer, or its decimal text. Throws MlflowFault beyond ±(2^53 - 1), which a float does not hold exactly. */
export function integer(fields: RequestFields, name: string, fallback?: number): number {
  const value = valueIn(fields, name) ?? fallback;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw invalid(`${name} must be a whole number within ±(2^53 - 1), not ${preview(value)}`);
}

const NONFINITE = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** A number, its text, or the name of a number that JSON does not have. Throws MlflowFault for anything else. */
export function float(fields: RequestFields, name: string): number {
  const value = valueIn(fields, name);
  if (typeof value === 'number') return value;
  const nonfinite = typeof value === 'string' ? NONFINITE.get(value) : undefined;
  if (nonfinite !== undefined) return nonfinite;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw invalid(`${name} must be a number, not ${preview(value)}`);
  return number;
}

/** A list of objects, empty where the field is absent. */
export function objects(fields: RequestFields, name: string): readonly RequestFields[] {
  const value = valueIn(fields, name) ?? [];
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw invalid(`${name} must be a list of objects`);
}

/** A list of strings, empty where the field is absent. A query string with one of them has no list. */
export function strings(fields: RequestFields, name: string): readonly string[] {
  const value = valueIn(fields, name) ?? [];
  const list: unknown = typeof value === 'string' ? [value] : value;
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw invalid(`${name} must be a list of strings`);
}

const preview = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 100);
