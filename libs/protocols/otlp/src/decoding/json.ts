import { valueIn } from '@tributary/kernel';
export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list. Throws TypeError for anything else. */
export function listOf(value: unknown): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isRecord)) return value;
  throw new TypeError('a list of objects was expected');
}

export const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});

export function textAt(record: Json, key: string): string {
  const value = valueIn(record, key);
  return typeof value === 'string' ? value : '';
}

/** A number. In protobuf's JSON form a 64-bit integer, NaN or an infinity is a string. */
export function numberAt(record: Json, key: string): number | undefined {
  const value = valueIn(record, key);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) && value !== 'NaN' ? undefined : number;
}

/** Nanoseconds since 1970, an unsigned 64-bit integer, as microseconds. Throws RangeError or SyntaxError for anything else. */
export function microsOf(nanos: bigint | string | number): number {
  const count = BigInt(nanos);
  if (BigInt.asUintN(64, count) !== count) throw new RangeError(`${count} is no unsigned 64-bit integer`);
  return Number(count / 1000n);
}

export function microsAt(record: Json, key: string): number {
  const value = valueIn(record, key);
  return typeof value === 'string' || typeof value === 'number' ? microsOf(value) : 0;
}
