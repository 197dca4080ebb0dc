import type { Codec } from './codec.ts';
import { longInteger } from './longs.ts';
import { smallInteger } from './numbers.ts';

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MILLIS = 86_400_000;
const FIRST_SECOND = BigInt(Date.UTC(1900, 0, 1) / 1000);
const AFTER_LAST_SECOND = BigInt(Date.UTC(2300, 0, 1) / 1000);

/**
 * Ticks of the precision since 1970 (microseconds for DateTime64(6)), or an RFC 3339 string, in UTC if it has no offset.
 * Ticks outside the years 1900 to 2299 are refused: usually they have another precision.
 */
export function dateTime64(precision: number, wire: string): Codec {
  const perSecond = 10n ** BigInt(precision);
  const least = max(FIRST_SECOND * perSecond, -(2n ** 63n));
  const most = min(AFTER_LAST_SECOND * perSecond, 2n ** 63n) - 1n;
  return longInteger({ wire, min: least, max: most, convert: (value) => ticks(value, precision) });
}

function ticks(value: unknown, precision: number): bigint | undefined {
  if (typeof value !== 'string') return undefined;
  const [, day, time, fraction = '', offset = 'Z'] = TIME.exec(value) ?? [];
  const seconds = Date.parse(`${day}T${time}${offset}`) / 1000;
  if (!Number.isInteger(seconds) || fraction.slice(precision).replaceAll('0', '') !== '') return undefined;
  return (
    BigInt(seconds) * 10n ** BigInt(precision) + BigInt(fraction.slice(0, precision).padEnd(precision, '0'))
  );
}

/** Seconds since 1970, or an RFC 3339 string. */
export const dateTime = (wire: string): Codec => smallInteger('UInt32', (value) => secondsOf(value), wire);

function secondsOf(value: unknown): number | undefined {
  const seconds = ticks(value, 0);
  return seconds === undefined ? undefined : Number(seconds);
}

/** Days since 1970, or `YYYY-MM-DD`. */
export const date: Codec = smallInteger('UInt16', days, 'Date');
export const date32: Codec = smallInteger('Int32', days, 'Date32');

function days(value: unknown): number | undefined {
  return typeof value === 'string' && DAY.test(value) ? Date.parse(value) / DAY_MILLIS : undefined;
}

const max = (left: bigint, right: bigint): bigint => (left > right ? left : right);
const min = (left: bigint, right: bigint): bigint => (left < right ? left : right);
