import { invalid } from '../errors.ts';

/** A request as its JSON or query says it: protobuf's JSON form, in which 64-bit integers may be texts. */
export type RequestFields = Readonly<Record<string, unknown>>;

export const isBody = (value: unknown): value is RequestFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function optionalString(body: RequestFields, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`${name} must be text`);
  if (!value.isWellFormed() || value.includes('\0'))
    throw invalid(`${name} holds characters that are no text`);
  return value;
}

export function requiredString(body: RequestFields, name: string): string {
  const value = optionalString(body, name);
  if (value === undefined || value === '') throw invalid(`${name} is missing`);
  return value;
}

/** The run of a request, under its name of today or of old. */
export const runIdOf = (body: RequestFields): string =>
  optionalString(body, 'run_id') ?? requiredString(body, 'run_uuid');

/** A whole number, or its decimal text. Throws beyond 2^53, which JSON does not carry exactly. */
export function integer(body: RequestFields, name: string, fallback?: number): number {
  const value = body[name] ?? fallback;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw invalid(`${name} must be a whole number within ±(2^53 - 1), not ${preview(value)}`);
}

const NONFINITE: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity };

/** A number, its text, or one of the three texts for what JSON cannot say. */
export function float(body: RequestFields, name: string): number {
  const value = body[name];
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value in NONFINITE) return NONFINITE[value] ?? Number.NaN;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw invalid(`${name} must be a number, not ${preview(value)}`);
  return number;
}

export function objects(body: RequestFields, name: string): readonly RequestFields[] {
  const value = body[name] ?? [];
  if (Array.isArray(value) && value.every(isBody)) return value;
  throw invalid(`${name} must be a list of objects`);
}

/** A list of texts; a query with one of them says it without brackets. */
export function strings(body: RequestFields, name: string): readonly string[] {
  const value = body[name] ?? [];
  const list: unknown = typeof value === 'string' ? [value] : value;
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw invalid(`${name} must be a list of texts`);
}

const preview = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 100);
